internal import LMSText

/// The part of a text that shows why it was found, in one line.
struct Snippet {
    private let matcher: PhraseMatcher
    private var folder = WordFolder()

    /// In Unicode scalars.
    private static let before = 40
    private static let after = 120

    init(_ words: SearchWords) {
        matcher = PhraseMatcher(words.phrases)
    }

    /// The surroundings of the first phrase that was looked for, or the text's beginning where none is in it; `nil` where
    /// the text has nothing to show.
    mutating func of(_ text: String) -> String? {
        let scalars = text.unicodeScalars
        let match = text.utf8.index(text.startIndex, offsetBy: offset(in: text))
        let start = Self.start(before: match, in: scalars)
        let end = Self.end(after: match, in: scalars)
        let line = scalars[start..<end].split { $0.properties.isWhitespace }.map { String($0) }
            .joined(separator: " ")
        guard !line.isEmpty else { return nil }
        return (start > scalars.startIndex ? "…" : "") + line + (end < scalars.endIndex ? "…" : "")
    }

    /// Where the first phrase begins, in bytes; 0 where there is none.
    mutating func offset(in text: String) -> Int {
        var offset = 0
        var matcher = matcher
        // Where the last words begin, as many as a phrase has.
        var starts = [Int](repeating: 0, count: matcher.longest)
        var count = 0
        folder.forEachWord(in: text) { word in
            starts[count % starts.count] = word.start
            count += 1
            guard let length = matcher.take(word.bytes) else { return true }
            offset = starts[(count - length) % starts.count]
            return false
        }
        return offset
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
