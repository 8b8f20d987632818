internal import LMSCore

/// A cell of comma-separated values (RFC 4180), safe to open in a spreadsheet.
enum CSVCell {
    /// - Parameter cell: What users wrote is kept from being run; our own words, numbers and signs cannot be.
    static func text(_ cell: Cell) -> String {
        switch cell {
        case .word, .integer, .boolean: quoted(cell.text)
        case .null, .absent, .text, .excerpt, .list: text(cell.text)
        }
    }

    static func text(_ text: String) -> String {
        quoted(CSVDefusing.isNeeded(text.utf8) ? "'" + text : text)
    }

    private static func quoted(_ text: String) -> String {
        let visible = VisibleText.line(text)
        let needsQuotes = visible.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") }
        return needsQuotes ? "\"\(visible.replacing("\"", with: "\"\""))\"" : visible
    }
}
