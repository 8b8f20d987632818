internal import LMSCore
internal import LMSText

/// Makes text safe to look at: what would steer a terminal or reorder a line is written out instead.
///
/// A CRLF is shown as a newline in tables and in `material show`, unlike a lone return, which is written `\u{d}`: a file that
/// was written on Windows should read like any other. `--raw`, JSON and the database keep every byte.
enum VisibleText {
    /// One line: tabs and newlines are written out too.
    static func line(_ text: String) -> String {
        escaped(text, keeping: { _ in false })
    }

    /// A text of many lines, whichever way they end.
    static func paragraphs(_ text: String) -> String {
        escaped(text.replacing("\r\n", with: "\n"), keeping: { $0 == "\n" || $0 == "\t" })
    }

    /// A cell of tab-separated values: `\t`, `\n`, `\r` and `\\` are what they stand for.
    static func tsv(_ text: String) -> String {
        escaped(text, keeping: { _ in false }, named: tsvEscape)
    }

    private static func tsvEscape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\t": "\\t"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\\": "\\\\"
        default: nil
        }
    }

    /// A cell of a table on a terminal: as `tsv`, but a backslash is just one.
    static func cell(_ text: String) -> String {
        escaped(text, keeping: { _ in false }, named: { $0 == "\\" ? nil : tsvEscape($0) })
    }

    private static func escaped(
        _ text: String, keeping isKept: (Unicode.Scalar) -> Bool,
        named name: (Unicode.Scalar) -> String? = { _ in nil }
    ) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x5c || $0 >= 0x7f }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isKept(scalar) {
                result.append(scalar)
            } else if let name = name(scalar) {
                result.append(contentsOf: name.unicodeScalars)
            } else if scalar.isInvisibleControl {
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
