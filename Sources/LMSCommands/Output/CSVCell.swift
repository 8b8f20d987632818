/// A cell of comma-separated values (RFC 4180), safe to open in a spreadsheet.
enum CSVCell {
    static func text(_ text: String) -> String {
        let visible = VisibleText.line(isRunBySpreadsheets(text) ? "'" + text : text)
        let needsQuotes = visible.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") }
        return needsQuotes ? "\"\(visible.replacing("\"", with: "\"\""))\"" : visible
    }

    /// Whether a spreadsheet could take the cell for a formula: any number of `'`, then one of
    /// `= + - @`, tab or return. Source: OWASP, CSV Injection.
    private static func isRunBySpreadsheets(_ text: String) -> Bool {
        switch text.unicodeScalars.first(where: { $0 != "'" }) {
        case "=", "+", "-", "@", "\t", "\r": true
        default: false
        }
    }
}
