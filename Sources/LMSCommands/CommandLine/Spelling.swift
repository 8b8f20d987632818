/// Guesses what was meant.
enum Spelling {
    /// The name that is the fewest slips away; `nil` where all are too far.
    static func nearest(to word: String, among names: [String]) -> String? {
        let limit = max(1, word.count / 3 + 1)
        let best = names.map { (name: $0, distance: distance(word, $0)) }.min { $0.distance < $1.distance }
        return best.flatMap { $0.distance <= limit ? $0.name : nil }
    }

    /// How many letters to insert, delete, replace, or swap with their neighbour.
    /// Source: the optimal string alignment distance (Damerau 1964).
    private static func distance(_ left: String, _ right: String) -> Int {
        let a = Array(left.lowercased())
        let b = Array(right.lowercased())
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
