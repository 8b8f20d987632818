internal import LMSText

/// Finds people by words of their names, numbers and usernames: all of the words must be there, or words that begin with them.
///
/// Names are in no index: rows are looked through, each some microseconds. So nobody finds a person by the search.
struct PersonSearch {
    private let phrases: [[String]]
    private var folder = WordFolder()

    /// - Throws: `LMSError` `invalid` where there is no word, or more than a search may have.
    init(_ words: String) throws {
        phrases = try SearchWords(words).phrases
    }

    mutating func finds(_ username: Username, _ details: PersonDetails) -> Bool {
        let texts = [details.name?.shown, details.number?.shown, username.rawValue].compactMap(\.self)
            .map { folder.words(of: $0) }
        return phrases.allSatisfy { phrase in texts.contains { Self.has(phrase, in: $0) } }
    }

    private static func has(_ phrase: [String], in words: [String]) -> Bool {
        guard let last = phrase.last, words.count >= phrase.count else { return false }
        return (0...words.count - phrase.count).contains { start in
            words[start...].starts(with: phrase.dropLast()) && words[start + phrase.count - 1].hasPrefix(last)
        }
    }
}
