/// The part of a text that shows why it was found, in one line.
struct Snippet {
    private let phrases: [[[UInt8]]]
    private let longest: Int
    private var folder = WordFolder()

    /// In Unicode scalars.
    private static let before = 40
    private static let after = 120

    init(_ words: SearchWords) {
        phrases = words.phrases.map { $0.map { Array($0.utf8) } }
        longest = phrases.map(\.count).max() ?? 1
    }

    /// The surroundings of the first word that was looked for; the beginning where there is none. `nil` where
    /// the text has nothing to show.
    mutating func of(_ text: String) -> String? {
        let scalars = text.unicodeScalars
        let match = text.utf8.index(text.startIndex, offsetBy: place(in: text))
        let start = Self.start(before: match, in: scalars)
        let end = Self.end(after: match, in: scalars)
        let line = scalars[start..<end].split { $0.properties.isWhitespace }.map { String($0) }
            .joined(separator: " ")
        guard !line.isEmpty else { return nil }
        return (start > scalars.startIndex ? "…" : "") + line + (end < scalars.endIndex ? "…" : "")
    }

    /// Where the first phrase begins, in bytes.
    private mutating func place(in text: String) -> Int {
        var recent: [WordFolder.Word] = []
        var place = 0
        let (phrases, longest) = (phrases, longest)
        folder.forEachWord(in: text) { word in
            recent.append(word)
            if recent.count > longest { recent.removeFirst() }
            guard let phrase = phrases.first(where: { Self.ends(recent, with: $0) }) else { return true }
            place = recent[recent.count - phrase.count].start
            return false
        }
        return place
    }

    private static func ends(_ words: [WordFolder.Word], with phrase: [[UInt8]]) -> Bool {
        guard words.count >= phrase.count, let last = phrase.last,
            words.last?.bytes.starts(with: last) == true
        else { return false }
        return zip(words.suffix(phrase.count).dropLast(), phrase.dropLast()).allSatisfy { $0.bytes == $1 }
    }

    /// A little before the match, at the beginning of a word where there is one.
    private static func start(
        before match: String.UnicodeScalarView.Index, in scalars: String.UnicodeScalarView
    ) -> String.UnicodeScalarView.Index {
        guard
            let limit = scalars.index(match, offsetBy: -before, limitedBy: scalars.startIndex),
            limit > scalars.startIndex
        else { return scalars.startIndex }
        let space = scalars[limit..<match].firstIndex { $0.properties.isWhitespace }
        return space.map { scalars.index(after: $0) } ?? limit
    }

    /// A little behind the match, at the end of a word where there is one.
    private static func end(
        after match: String.UnicodeScalarView.Index, in scalars: String.UnicodeScalarView
    ) -> String.UnicodeScalarView.Index {
        guard let limit = scalars.index(match, offsetBy: after, limitedBy: scalars.endIndex),
            limit < scalars.endIndex
        else { return scalars.endIndex }
        return scalars[match..<limit].lastIndex { $0.properties.isWhitespace } ?? limit
    }
}
