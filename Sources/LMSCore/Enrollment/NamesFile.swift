/// A file of usernames, one a line; `#` begins a comment.
package struct NamesFile: Codable, Sendable {
    /// What the file is called where something is wrong in it.
    package let name: String
    package let text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// The names, each with its place.
    var usernames: [Placed<Username>] {
        let text =
            text.unicodeScalars.first == "\u{feff}"
            ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
            index, line in
            let name = line.prefix { $0 != "#" }
            guard let start = name.firstIndex(where: { !$0.properties.isWhitespace }) else { return nil }
            let column = name.distance(from: name.startIndex, to: start) + 1
            return Placed(
                value: Username(String(String.UnicodeScalarView(name)).trimmed), file: self.name,
                line: index + 1, column: column)
        }
    }
}
