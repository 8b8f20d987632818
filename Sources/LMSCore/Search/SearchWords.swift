internal import LMSDatabase
internal import LMSText

/// What somebody looks for: every word must be there, at least as the beginning of a word. A word that is
/// written with a hyphen or the like, as `BIO-101`, is found where its parts stand beside each other.
package struct SearchWords {
    /// The parts of each word, folded.
    let phrases: [[String]]

    /// In characters.
    package static let lengthLimit = 200
    package static let wordLimit = 10
    /// How often the same word may stand in a search, parts counted: for each of them, an engine reads all occurrences in a
    /// text.
    private static let repetitionLimit = 10
    /// How many `queries` there are.
    static let queryCount = 4

    /// - Throws: `LMSError` `invalid` where there is no word, or more than a search may have.
    init(_ text: String) throws {
        let length = text.unicodeScalars.count
        guard length <= Self.lengthLimit else {
            throw LMSError(
                .invalid, "the search is too long: \(length) characters, at most \(Self.lengthLimit)")
        }
        var folder = WordFolder()
        phrases = text.unicodeScalars.split { $0.properties.isWhitespace }
            .map { folder.words(of: String($0)) }.filter { !$0.isEmpty }
        guard !phrases.isEmpty else {
            throw LMSError(
                .invalid, "there is no word to search for", hint: "A word has at least a letter or a digit.")
        }
        guard phrases.count <= Self.wordLimit else {
            throw LMSError(
                .invalid, "the search has too many words: \(phrases.count), at most \(Self.wordLimit)")
        }
        var counts: [String: Int] = [:]
        for word in phrases.joined() {
            counts[word, default: 0] += 1
            guard counts[word, default: 0] <= Self.repetitionLimit else {
                throw LMSError(
                    .invalid,
                    "the search has \(quoted(word)) more than \(Self.repetitionLimit) times")
            }
        }
    }

    /// The queries by which hits are ranked, best first: all words in the heading, all as beginnings there, all words
    /// anywhere, all as beginnings anywhere. No row is found by two of them.
    ///
    /// The rows of each are read in the order of their ids, as far as a page goes. A score like bm25 would have to be computed
    /// for every row that matches before the first one can be shown, anew for each page, and is a fraction that changes with
    /// every other row. So a cursor is a rank and an id. Within a rank, courses come before materials.
    var queries: [FullTextQuery] {
        let title = query(.wholeWord, in: .heading)
        let titleBeginnings = query(.beginning, in: .heading)
        let text = query(.wholeWord, in: .headingOrBody)
        let textBeginnings = query(.beginning, in: .headingOrBody)
        return [
            title,
            .butNot(titleBeginnings, title),
            .butNot(text, titleBeginnings),
            .butNot(textBeginnings, .any([titleBeginnings, text])),
        ]
    }

    private func query(_ ending: FullTextQuery.Ending, in columns: FullTextQuery.Columns) -> FullTextQuery {
        .all(phrases.map { .phrase($0, ending: ending, in: columns) })
    }
}
