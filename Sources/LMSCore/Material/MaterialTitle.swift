internal import LMSText

/// A title for a material that was added without one: of its front matter, its first heading behind that, or the
/// first words of its text.
enum MaterialTitle {
    /// How long the first words of a text may be, in Unicode scalars. What somebody wrote as a title may be as long as one.
    private static let limit = 60
    /// How much of a line is looked at, in Unicode scalars: more than any title needs.
    private static let lineLimit = 1_000
    /// How many lines are tried.
    private static let tryLimit = 1_000

    /// - Throws: `LMSError` `invalid` where there are no words either.
    static func made(from text: String) throws -> String {
        let plain =
            text.unicodeScalars.first == "\u{feff}" ? Substring(text.unicodeScalars.dropFirst()) : text[...]
        if let matter = FrontMatter(of: plain) {
            if let title = matter.title.flatMap({ title(of: $0[...].unicodeScalars, atMost: Title.limit) }) {
                return title
            }
            if let title = heading(in: matter.body).flatMap({ title(of: $0.unicodeScalars) }) { return title }
            if let title = firstWords(of: matter.body) { return title }
        }
        guard let title = firstWords(of: plain) else {
            throw LMSError(
                .invalid, "the material has neither a title nor a text", hint: "Give it one of them.")
        }
        return title
    }

    /// The first line of words; where there is none, the first of other signs.
    private static func firstWords(of text: Substring) -> String? {
        var rest = text.utf8
        var signs: String?
        var tries = 0
        while tries < tryLimit, let line = FrontMatter.nextLine(&rest) {
            let scalars = Substring(line).unicodeScalars
            let hasWords = scalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
            // A rule of dashes is no title while there are words below.
            guard hasWords || signs == nil && !line.isEmpty else { continue }
            tries += 1
            guard let title = title(of: scalars) else { continue }
            if hasWords { return title }
            signs = title
        }
        return signs
    }

    /// The first heading, `# Week 1` or a line that is underlined. Source: CommonMark 0.31, 4.2, 4.3 and 4.5.
    private static func heading(in text: Substring) -> Substring? {
        var rest = text.utf8
        var fence: UInt8?
        var previous: Substring.UTF8View?
        while let line = FrontMatter.nextLine(&rest) {
            let start = line.drop { $0 == UInt8(ascii: " ") }
            let mark = start.first
            let run = mark.map { mark in start.prefix { $0 == mark } }
            let length = run?.count ?? 0
            if mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"), length >= 3 {
                // What stands between fences is code.
                fence = fence == nil ? mark : fence == mark ? nil : fence
                previous = nil
                continue
            }
            guard fence == nil else { continue }
            let behind = start.dropFirst(length)
            if mark == UInt8(ascii: "#"), length <= 6, behind.first == UInt8(ascii: " ") {
                return Substring(withoutClosing(behind))
            }
            let isUnderline =
                (mark == UInt8(ascii: "=") || mark == UInt8(ascii: "-"))
                && behind.allSatisfy { $0 == UInt8(ascii: " ") }
            if isUnderline, let previous { return Substring(previous) }
            previous = start.isEmpty || isUnderline ? nil : line
        }
        return nil
    }

    /// Without the `#` that may end a heading.
    private static func withoutClosing(_ heading: Substring.UTF8View) -> Substring.UTF8View {
        func dropLast(_ byte: UInt8, of line: Substring.UTF8View) -> Substring.UTF8View {
            var line = line
            while line.last == byte { line = line.dropLast() }
            return line
        }
        let line = dropLast(UInt8(ascii: " "), of: heading)
        let open = dropLast(UInt8(ascii: "#"), of: line)
        // `# C#` is not closed.
        return open.last == UInt8(ascii: " ") ? open : line
    }

    /// The first words of a line, without the marks of a heading and what a title may not have; `nil` where that
    /// leaves no title.
    private static func title(of line: Substring.UnicodeScalarView, atMost limit: Int = limit) -> String? {
        var title = ""
        var rest = line.drop { $0 == "#" || isSeparator($0) }.prefix(lineLimit)
        while !rest.isEmpty {
            let text = rest.prefix { !isSeparator($0) }
            rest = rest[text.endIndex...].drop(while: isSeparator)
            // Composed, a word has a fourth of its scalars at least.
            let word = String(String.UnicodeScalarView(text.prefix(4 * limit))).normalized.trimmed
            guard word.isReadable, word.hiddenTag == nil else { continue }
            let longer = title.isEmpty ? word : "\(title) \(word)"
            guard longer.unicodeScalars.count <= limit else {
                if title.isEmpty {
                    title = String(String.UnicodeScalarView(word.unicodeScalars.prefix(limit)))
                }
                break
            }
            title = longer
        }
        return try? Title.checked(title)
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isBlank || scalar.isInvisibleControl
    }

    /// `Week 1`, `Week 1 (2)`, `Week 1 (3)` …
    static func numbered(_ title: String, _ number: Int) -> String {
        number == 1 ? title : "\(title) (\(number))"
    }
}
