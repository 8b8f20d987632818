/// How separated values are written (RFC 4180).
package struct CSVDialect: Sendable, Equatable {
    package let separator: Character
    /// What a file begins with.
    package let mark: String
    package let lineEnd: String

    /// Commas, and lines that end in LF.
    package static let plain = CSVDialect(separator: ",", mark: "", lineEnd: "\n")

    /// What Excel opens with a double click where a comma is in numbers.
    package static let excel = CSVDialect(separator: ";", mark: "\u{feff}", lineEnd: "\r\n")

    /// Whether a cell stands in quotes.
    package func needsQuotes(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.contains {
            $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
                || $0 == separator.asciiValue
        }
    }
}

/// Lines of separated values, safe to open in a spreadsheet, every byte of a cell kept.
package struct CSVLines {
    private let dialect: CSVDialect
    package private(set) var bytes: [UInt8]
    private var isFirst = true

    package init(_ dialect: CSVDialect) {
        self.dialect = dialect
        bytes = Array(dialect.mark.utf8)
    }

    /// - Parameter isVerbatim: Whether the cell is never defused.
    package mutating func add(_ text: String, isVerbatim: Bool) {
        if !isFirst { bytes.append(contentsOf: dialect.separator.utf8) }
        isFirst = false
        let utf8 = text.utf8
        let quote = UInt8(ascii: "\"")
        let needsQuotes = dialect.needsQuotes(utf8)
        if needsQuotes { bytes.append(quote) }
        if !isVerbatim, CSVDefusing.isNeeded(utf8) { bytes.append(UInt8(ascii: "'")) }
        for byte in utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        if needsQuotes { bytes.append(quote) }
    }

    package mutating func end() {
        bytes.append(contentsOf: dialect.lineEnd.utf8)
        isFirst = true
    }

    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }
}
