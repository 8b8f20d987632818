/// The usernames in the subject of an entry of a log whose action names people (`namesPeople`): `siti`, `siti: teacher`,
/// `ani: 3 courses to dewi`, `'siti', 'budi' and 3 more`.
enum SubjectNames {
    /// Who was deleted: no username has a parenthesis.
    static let deleted = "(deleted)"

    static func ranges(in subject: String) -> [Range<String.Index>] {
        if subject.hasPrefix("'") {
            let quotes = subject.indices.filter { subject[$0] == "'" }
            return stride(from: 0, to: quotes.count - 1, by: 2).map { subject.index(after: quotes[$0])..<quotes[$0 + 1] }
        }
        let first = subject.prefix { $0 != " " && $0 != ":" }
        var ranges = [first.startIndex..<first.endIndex]
        if let word = subject.ranges(of: " to ").last { ranges.append(word.upperBound..<subject.endIndex) }
        return ranges
    }

    /// Which of the names a subject has, as they are written there.
    ///
    /// - Parameter names: Folded.
    static func found(_ names: Set<String>, in subject: String) -> [String] {
        ranges(in: subject).map { String(subject[$0]) }.filter { names.contains($0.lowercased()) }
    }

    /// Whether a subject has one of the names, or more people than it names.
    ///
    /// - Parameter names: Folded.
    static func mayMean(_ names: Set<String>, _ subject: String) -> Bool {
        !found(names, in: subject).isEmpty || subject.hasSuffix(" more")
    }

    /// The subject without the names; `nil` where it has none of them.
    ///
    /// - Parameter names: Folded.
    static func erasing(_ names: Set<String>, from subject: String) -> String? {
        var rest = subject
        for range in ranges(in: subject).reversed() where names.contains(subject[range].lowercased()) {
            rest.replaceSubrange(range, with: deleted)
        }
        return rest == subject ? nil : rest
    }
}
