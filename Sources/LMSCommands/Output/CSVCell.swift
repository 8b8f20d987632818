internal import LMSCore
internal import LMSText

/// A cell of separated values (RFC 4180), safe to open in a spreadsheet.
enum CSVCell {
    /// - Parameter cell: What users wrote is kept from being run; our own words, numbers and signs cannot be.
    static func text(_ cell: Cell, _ dialect: CSVDialect = .plain) -> String {
        switch cell {
        case .word, .integer, .bytes, .boolean: quoted(cell.text, dialect)
        case .null, .absent, .text, .excerpt, .list: text(cell.text, dialect)
        }
    }

    static func text(_ text: String, _ dialect: CSVDialect = .plain) -> String {
        quoted(CSVDefusing.isNeeded(text.utf8) ? "'" + text : text, dialect)
    }

    private static func quoted(_ text: String, _ dialect: CSVDialect) -> String {
        let visible = VisibleText.line(text)
        return dialect.needsQuotes(visible.utf8) ? "\"\(visible.replacing("\"", with: "\"\""))\"" : visible
    }
}
