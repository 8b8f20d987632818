internal import LMSCore

/// A cell of separated values (RFC 4180), safe to open in a spreadsheet.
enum CSVCell {
    static func text(_ text: String, _ dialect: CSVDialect = .plain) -> String {
        let visible = VisibleText.line(CSVDefusing.isNeeded(text.utf8) ? "'" + text : text)
        return dialect.needsQuotes(visible.utf8) ? "\"\(visible.replacing("\"", with: "\"\""))\"" : visible
    }
}
