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
    func needsQuotes(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.contains {
            $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
                || $0 == separator.asciiValue
        }
    }
}
