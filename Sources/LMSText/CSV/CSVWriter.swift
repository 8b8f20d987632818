/// Writes rows of separated values. Every byte of a cell is kept.
package struct CSVWriter {
    private let dialect: CSVDialect
    private var bytes: [UInt8]
    private var isFirst = true

    /// - Parameter beginsFile: Whether the first row is a file's first, which the dialect's mark stands before.
    package init(_ dialect: CSVDialect, beginsFile: Bool = true) {
        self.dialect = dialect
        bytes = beginsFile ? Array(dialect.mark.utf8) : []
    }

    /// How many bytes were written and not taken yet.
    package var count: Int { bytes.count }

    /// - Parameter isDefused: Whether a `'` is put in front, which keeps a spreadsheet from running the cell.
    package mutating func add(_ cell: String, isDefused: Bool = false) {
        if !isFirst { bytes.append(contentsOf: dialect.separator.utf8) }
        isFirst = false
        let quote = UInt8(ascii: "\"")
        let needsQuotes = dialect.needsQuotes(cell.utf8)
        if needsQuotes { bytes.append(quote) }
        if isDefused { bytes.append(UInt8(ascii: "'")) }
        for byte in cell.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        if needsQuotes { bytes.append(quote) }
    }

    /// Ends the row.
    package mutating func endRow() {
        bytes.append(contentsOf: dialect.lineEnd.utf8)
        isFirst = true
    }

    /// Gives out what was written, to go on behind it.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }
}
