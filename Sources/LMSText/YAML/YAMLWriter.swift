/// Writes YAML that reads back as it was, byte for byte, and that a person can review.
///
/// libyaml's emitter would keep the bytes too, but it writes a text with one emoji or tab as a single line of escapes. A course
/// in Git is there to be reviewed. A test takes odd and random texts there and back.
package struct YAMLWriter {
    private var lines: [String] = []

    package init() {}

    package mutating func add(_ key: String, _ text: String) {
        if Self.isPlain(text) {
            lines.append("\(key): \(text)")
        } else if Self.isBlock(text) {
            addBlock(key, text)
        } else {
            lines.append("\(key): \(Self.quoted(text))")
        }
    }

    package mutating func add(_ key: String, _ flag: Bool) {
        lines.append("\(key): \(flag)")
    }

    /// Writes names in one line, or, where that is long, each in a line of its own: then a change is of one line.
    package mutating func add(_ key: String, names: [String]) {
        let names = names.map { Self.isPlain($0) ? $0 : Self.quoted($0) }
        let line = "\(key): [\(names.joined(separator: ", "))]"
        if line.count <= 100 {
            lines.append(line)
        } else {
            lines.append("\(key):")
            lines += names.map { "  - \($0)" }
        }
    }

    package mutating func add(_ key: String, _ items: [YAMLWriter]) {
        lines.append("\(key):")
        for item in items {
            for (index, line) in item.lines.enumerated() {
                lines.append(line.isEmpty ? "" : (index == 0 ? "  - " : "    ") + line)
            }
        }
    }

    package var text: String { lines.joined(separator: "\n") + "\n" }

    /// A literal block. Source: https://yaml.org/spec/1.2.2/#812-literal-style
    private mutating func addBlock(_ key: String, _ text: String) {
        var content = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let endsInNewline = content.last?.isEmpty == true
        if endsInNewline { content.removeLast() }
        let chomping = !endsInNewline ? "-" : content.last?.isEmpty == true ? "+" : ""
        lines.append("\(key): |\(chomping)")
        lines += content.map { $0.isEmpty ? "" : "  " + String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a text means itself without quotes, to every reader of YAML: it is words that begin with a letter,
    /// or a date, and none of the words that mean something else.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last, last != UInt8(ascii: " ") else {
            return false
        }
        guard text.utf8.count <= 100, !words.contains(text.lowercased()) else { return false }
        return (isASCIILetter(first) || CalendarDate(text) != nil)
            && text.utf8.allSatisfy {
                isASCIILetter($0) || isASCIIDigit($0) || " ._-()/".utf8.contains($0)
            }
    }

    /// Source: https://yaml.org/type/bool.html, https://yaml.org/type/null.html
    private static let words: Set<String> = ["y", "n", "yes", "no", "true", "false", "on", "off", "null"]

    /// Whether a text of several lines keeps its bytes in a block, and in editors that take blanks off the ends of
    /// lines: no line ends in one, and no character is an end of line to YAML only or cannot be seen.
    private static func isBlock(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "\n")), let first = text.unicodeScalars.first,
            !first.properties.isWhitespace
        else { return false }
        var previous: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            let isAfterBlank = previous == " " || previous == "\t"
            if scalar == "\n" ? isAfterBlank : scalar != "\t" && needsEscape(scalar) { return false }
            previous = scalar
        }
        return previous != " " && previous != "\t"
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isInvisibleControl || scalar == "\u{fffe}" || scalar == "\u{ffff}"
    }

    /// In double quotes. Source: https://yaml.org/spec/1.2.2/#57-escaped-characters
    static func quoted(_ text: String) -> String {
        var result = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += [Unicode.Scalar("\\"), scalar]
            case "\n": result += "\\n".unicodeScalars
            case "\r": result += "\\r".unicodeScalars
            case "\t": result += "\\t".unicodeScalars
            case _ where needsEscape(scalar):
                let digits = String(scalar.value, radix: 16)
                result += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars
            default: result.append(scalar)
            }
        }
        result.append("\"")
        return String(result)
    }
}
