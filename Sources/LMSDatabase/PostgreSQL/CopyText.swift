#if PostgreSQL
    /// Rows in the text format of PostgreSQL's COPY.
    /// Source: https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.2
    struct CopyText {
        private(set) var bytes: [UInt8] = []

        mutating func append(_ integer: Int64) {
            bytes.append(contentsOf: String(integer).utf8)
        }

        /// - Returns: Whether PostgreSQL has such texts: without NUL.
        mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
            var hasNUL = false
            var start = 0
            for (index, byte) in text.enumerated() where byte < 0x20 || byte == UInt8(ascii: "\\") {
                let sign: UInt8
                switch byte {
                case UInt8(ascii: "\\"): sign = byte
                case UInt8(ascii: "\n"): sign = UInt8(ascii: "n")
                case UInt8(ascii: "\r"): sign = UInt8(ascii: "r")
                case UInt8(ascii: "\t"): sign = UInt8(ascii: "t")
                default:
                    hasNUL = hasNUL || byte == 0
                    continue
                }
                bytes.append(contentsOf: text[start..<index])
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(sign)
                start = index + 1
            }
            bytes.append(contentsOf: text[start...])
            return !hasNUL
        }

        mutating func appendNull() {
            bytes.append(contentsOf: "\\N".utf8)
        }

        mutating func append(blob: [UInt8]) {
            bytes.append(contentsOf: "\\\\x".utf8)
            bytes += blob.hexadecimal
        }

        mutating func endValue() {
            bytes.append(UInt8(ascii: "\t"))
        }

        mutating func endRow() {
            bytes.append(UInt8(ascii: "\n"))
        }

        mutating func removeAll() {
            bytes.removeAll(keepingCapacity: true)
        }
    }
#endif
