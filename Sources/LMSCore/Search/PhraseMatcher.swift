/// Finds the first of several phrases in a row of words. Whatever the phrases and the words repeat, each word is looked
/// at once. Source: Knuth, Morris, Pratt, Fast Pattern Matching in Strings (1977).
struct PhraseMatcher {
    private struct Phrase {
        /// The numbers of all words but the last.
        let words: [Int]
        /// What the last word begins with.
        let last: [UInt8]
        /// For each number of matched words, the next smaller number of them that matches too.
        let shorter: [Int]
        /// How many of its words the last words matched; at most all but its last one.
        var found = 0

        /// - Returns: Whether the phrase ends here.
        mutating func take(_ word: [UInt8], _ number: Int?) -> Bool {
            if found == words.count, word.starts(with: last) { return true }
            while found > 0, found == words.count || words[found] != number { found = shorter[found] }
            if found < words.count, words[found] == number { found += 1 }
            return false
        }
    }

    private var phrases: [Phrase] = []
    /// Words that are not the last of a phrase, by their bytes.
    private var numbers: [[UInt8]: Int] = [:]
    /// How many words the longest phrase has.
    let longest: Int

    /// - Parameter phrases: The words of each, folded; the last is the beginning of one.
    init(_ phrases: [[String]]) {
        longest = phrases.map(\.count).max() ?? 1
        for phrase in phrases {
            guard let last = phrase.last else { continue }
            let words = phrase.dropLast().map { number(of: Array($0.utf8)) }
            self.phrases.append(Phrase(words: words, last: Array(last.utf8), shorter: Self.shorter(words)))
        }
    }

    private mutating func number(of word: [UInt8]) -> Int {
        let number = numbers[word] ?? numbers.count
        numbers[word] = number
        return number
    }

    private static func shorter(_ words: [Int]) -> [Int] {
        var shorter = [0, 0]
        for index in words.indices.dropFirst() {
            var length = shorter[index]
            while length > 0, words[length] != words[index] { length = shorter[length] }
            shorter.append(words[length] == words[index] ? length + 1 : 0)
        }
        return shorter
    }

    /// Takes the next word.
    ///
    /// - Returns: How many words the phrase has that ends with it; `nil` where none does.
    mutating func take(_ word: [UInt8]) -> Int? {
        let number = numbers.isEmpty ? nil : numbers[word]
        for index in phrases.indices where phrases[index].take(word, number) {
            return phrases[index].words.count + 1
        }
        return nil
    }
}
