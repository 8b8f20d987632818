/// Guesses which name was meant by a word that is none.
package enum Spelling {
    /// The name that is one slip away, or two of a long word; `nil` where all are further.
    package static func nearest(to word: String, among names: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased())
        let limit = letters.count < 3 ? 0 : letters.count < 8 ? 1 : 2
        var best: (name: String, slips: Int)?
        for name in names {
            let other = Array(name.lowercased())
            // Each slip changes the length by one at most: what is far is not measured.
            guard abs(letters.count - other.count) <= limit else { continue }
            let slips = distance(letters, other)
            if slips <= limit, slips < best?.slips ?? .max { best = (name, slips) }
        }
        return best?.name
    }

    /// The one name that begins with the word; `nil` where there is none or there are several, or the word
    /// is a single letter.
    package static func completion(of word: String, among names: some Sequence<String>) -> String? {
        let beginning = word.lowercased()
        let found = names.filter { $0.hasPrefix(beginning) }
        return beginning.count >= 2 && found.count == 1 ? found.first : nil
    }

    /// How many letters to insert, delete, replace, or swap with their neighbour.
    /// Source: the optimal string alignment distance (Damerau 1964).
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                let previous = rows[i]
                let cost = a[i] == b[j] ? 0 : 1
                var best = min(previous[j + 1] + 1, row[j] + 1, previous[j] + cost)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
