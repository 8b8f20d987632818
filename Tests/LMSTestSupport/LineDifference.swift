/// What differs between the output that was expected and the one that came.
struct LineDifference {
    enum Line {
        case same(expected: String, actual: String)
        case missing(String)
        case unexpected(String)
    }

    let lines: [Line]

    /// Lines up the two outputs along their longest common subsequence.
    init(expected: [String], actual: [String], home: String) {
        let patterns = expected.map { ExpectedLine($0, home: home) }
        let row = [Int](repeating: 0, count: actual.count + 1)
        var lengths = [[Int]](repeating: row, count: expected.count + 1)
        for i in expected.indices.reversed() {
            for j in actual.indices.reversed() {
                lengths[i][j] =
                    patterns[i].matches(actual[j])
                    ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        var lines: [Line] = []
        var (i, j) = (0, 0)
        while i < expected.count || j < actual.count {
            if i < expected.count, j < actual.count, patterns[i].matches(actual[j]) {
                lines.append(.same(expected: expected[i], actual: actual[j]))
                (i, j) = (i + 1, j + 1)
            } else if j == actual.count || (i < expected.count && lengths[i + 1][j] >= lengths[i][j + 1]) {
                lines.append(.missing(expected[i]))
                i += 1
            } else {
                lines.append(.unexpected(actual[j]))
                j += 1
            }
        }
        self.lines = lines
    }

    var isEmpty: Bool {
        lines.allSatisfy { if case .same = $0 { true } else { false } }
    }

    /// The difference as `diff -u` shows it.
    var description: String {
        lines.map {
            switch $0 {
            case .same(_, let actual): "  \(actual)"
            case .missing(let line): "- \(line)"
            case .unexpected(let line): "+ \(line)"
            }
        }.joined(separator: "\n")
    }

    /// What came, with the wildcards of the lines that were right already.
    func merged(_ generalize: (String) -> String) -> [String] {
        lines.compactMap {
            switch $0 {
            case .same(let expected, _): expected
            case .missing: nil
            case .unexpected(let line): generalize(line)
            }
        }
    }
}
