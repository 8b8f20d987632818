internal import LMSCore

/// A cell of comma-separated values (RFC 4180), safe to open in a spreadsheet.
enum CSVCell {
    static func text(_ text: String) -> String {
        let visible = VisibleText.line(CSVDefusing.isNeeded(text.utf8) ? "'" + text : text)
        let needsQuotes = visible.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ",") }
        return needsQuotes ? "\"\(visible.replacing("\"", with: "\"\""))\"" : visible
    }
}
