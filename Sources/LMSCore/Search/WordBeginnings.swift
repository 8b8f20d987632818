internal import LMSDatabase

/// Replaces a word's beginning in a query by the words of the index that begin so, where they are few.
///
/// An engine that has to gather all rows of a beginning before it can show the first one takes long for a beginning that
/// nearly every row has, and no time for a word. It is asked once for each beginning.
///
/// FTS5 walks through what it knows of several words side by side. With a word that each of a million courses has, beside a
/// rare one, a search took 50 times as long as in a small school.
struct WordBeginnings {
    private let connection: any Connection
    private var known: [String: [String]] = [:]
    /// Where more words begin so, the beginning stays.
    private static let wordLimit = 8

    init(_ connection: any Connection) {
        self.connection = connection
    }

    mutating func expand(_ query: FullTextQuery, in index: SearchIndex) throws -> FullTextQuery {
        switch query {
        case .phrase(let words, .beginning, let columns):
            guard let last = words.last else { return query }
            let endings = try self.words(beginningWith: last, in: index)
            guard !endings.isEmpty else { return query }
            return .any(endings.map { .phrase(words.dropLast() + [$0], ending: .wholeWord, in: columns) })
        case .phrase: return query
        case .all(let queries): return .all(try queries.map { try expand($0, in: index) })
        case .any(let queries): return .any(try queries.map { try expand($0, in: index) })
        case .butNot(let query, let other):
            return .butNot(try expand(query, in: index), try expand(other, in: index))
        }
    }

    /// The words of an index with a beginning; none where there are more than `wordLimit`.
    private mutating func words(beginningWith beginning: String, in index: SearchIndex) throws -> [String] {
        guard let firstWord = connection.dialect.fullText.firstWord else { return [] }
        let key = "\(index.key) \(beginning)"
        if let words = known[key] { return words }
        var words: [String] = []
        var next = beginning
        while let word: String = try connection.value(firstWord(index.name, next)),
            word.utf8.starts(with: beginning.utf8)
        {
            words.append(word)
            if words.count > Self.wordLimit {
                words = []
                break
            }
            // Words are letters and digits, and of these 0 is the first.
            next = word + "0"
        }
        known[key] = words
        return words
    }
}
