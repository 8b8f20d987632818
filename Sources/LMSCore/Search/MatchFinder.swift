/// Finds again, in a text that a search found, the words that it was found by.
package struct MatchFinder {
    private var snippet: Snippet

    /// `nil` where there is nothing to look for.
    package init?(_ words: String) {
        guard let words = try? SearchWords(words) else { return nil }
        snippet = Snippet(words)
    }

    /// Where the first of the words begins, in Unicode scalars; 0 where there is none.
    package mutating func find(in text: String) -> Int {
        text.utf8.prefix(snippet.offset(in: text)).count { $0 & 0xc0 != 0x80 }
    }
}
