/// A title for a material that was added without one: the first words of its text.
enum MaterialTitle {
    /// In Unicode scalars.
    private static let limit = 60

    /// - Throws: `LMSError` `invalid` where there are no words either.
    static func made(from text: String) throws -> String {
        let lines = text.normalized.unicodeScalars.split { $0 == "\n" || $0 == "\r" }
        for line in lines {
            let words = words(of: line)
            if !words.isEmpty { return cut(words) }
        }
        throw LMSError(
            .invalid, "the material has neither a title nor a text", hint: "Give it one of them.")
    }

    /// The words of a line, without the marks of a Markdown heading and what a title may not have.
    private static func words(of line: Substring.UnicodeScalarView) -> [String] {
        let plain = line.drop { $0 == "#" || $0.properties.isWhitespace || $0.isInvisibleControl }
        return plain.split { $0.properties.isWhitespace || $0.isInvisibleControl }.map { String($0) }
    }

    private static func cut(_ words: [String]) -> String {
        var title = ""
        for word in words {
            let longer = title.isEmpty ? word : "\(title) \(word)"
            guard longer.unicodeScalars.count <= limit else { break }
            title = longer
        }
        if title.isEmpty, let word = words.first {
            title = String(String.UnicodeScalarView(word.unicodeScalars.prefix(limit)))
        }
        return title
    }

    /// `Week 1`, `Week 1 (2)`, `Week 1 (3)` …
    static func numbered(_ title: String, _ number: Int) -> String {
        number == 1 ? title : "\(title) (\(number))"
    }
}
