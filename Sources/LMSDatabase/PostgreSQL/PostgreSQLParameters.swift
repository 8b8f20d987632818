#if PostgreSQL
    internal import CPostgreSQL

    /// The values of a statement as libpq takes them: texts that end in a NUL.
    struct PostgreSQLParameters {
        private var bytes: [CChar] = []
        /// Where each value begins; `nil` for null.
        private var starts: [Int?] = []

        /// - Throws: `DatabaseError` `checkViolation` for a text with a NUL inside, which PostgreSQL does not have.
        init(_ values: [Value]) throws {
            for value in values {
                guard value != .null else {
                    starts.append(nil)
                    continue
                }
                starts.append(bytes.count)
                switch value {
                case .null: break
                case .integer(let integer): append(String(integer))
                case .text(let text):
                    guard !text.utf8.contains(0) else {
                        throw DatabaseError(.checkViolation, "a text with a NUL")
                    }
                    append(text)
                case .blob(let blob):
                    append("\\x")
                    bytes.removeLast()
                    bytes += blob.hexadecimal.map(CChar.init(bitPattern:)) + [0]
                }
            }
        }

        private mutating func append(_ text: String) {
            bytes.append(contentsOf: text.utf8.lazy.map(CChar.init(bitPattern:)))
            bytes.append(0)
        }

        func withPointers<T>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> T) -> T {
            bytes.withUnsafeBufferPointer { buffer in
                let pointers = starts.map { start in start.flatMap { buffer.baseAddress?.advanced(by: $0) } }
                return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
            }
        }

        /// The type that a value has on the server, by its OID; 0 where the statement tells.
        /// Source: PostgreSQL's src/include/catalog/pg_type.dat
        static func type(of value: Value) -> Oid {
            switch value {
            case .null: 0
            case .integer: 20
            case .text: 25
            case .blob: 17
            }
        }
    }
#endif
