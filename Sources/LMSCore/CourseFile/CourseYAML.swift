internal import Foundation
internal import Yams

/// Writes a course as a course file that reads back as it is, byte for byte.
struct CourseYAML {
    private var fields: [(Node, Node)] = []

    mutating func add(_ key: String, _ text: String) {
        fields.append((Self.scalar(key), Self.scalar(text)))
    }

    mutating func add(_ key: String, names: [String]) {
        fields.append((Self.scalar(key), Node(names.map(Self.scalar), .implicit, .flow)))
    }

    mutating func add(_ key: String, _ items: [CourseYAML]) {
        fields.append((Self.scalar(key), Node(items.map(\.node), .implicit, .block)))
    }

    private var node: Node { Node(fields, .implicit, .block) }

    /// - Throws: `LMSError` `internal`: any text can be written.
    func text() throws -> String {
        do {
            return try Yams.serialize(node: node, indent: 2, width: -1, allowUnicode: true)
        } catch {
            throw LMSError(.internal, "the course cannot be written as YAML", cause: "\(error)")
        }
    }

    /// A text in the plainest style that keeps every byte of it.
    private static func scalar(_ text: String) -> Node {
        let style: Node.Scalar.Style = isPlain(text) ? .plain : isBlock(text) ? .literal : .doubleQuoted
        return .scalar(Node.Scalar(text, Tag(.implicit), style))
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

    /// Whether a text of several lines keeps its bytes in a block: no line ends in a blank, none of its characters is an
    /// end of line to YAML only, or has to be written as an escape.
    private static func isBlock(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "\n")), let first = text.unicodeScalars.first,
            !first.properties.isWhitespace
        else { return false }
        var previous: Unicode.Scalar = "\n"
        for scalar in text.unicodeScalars {
            let isBlank = previous == " " || previous == "\t"
            if scalar == "\n" ? isBlank : scalar != "\t" && isSpecial(scalar) { return false }
            previous = scalar
        }
        return previous != " " && previous != "\t"
    }

    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isInvisibleControl || (0xfff0...0xffff).contains(scalar.value)
            || scalar.properties.generalCategory == .unassigned
            || scalar.properties.generalCategory == .privateUse
    }
}
