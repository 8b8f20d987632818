internal import LMSDatabase
internal import LMSText

/// What the database has of the materials that a block of an import's rows names.
final class MaterialBlock {
    private struct Key: Hashable {
        let course: Int64
        let title: String
    }

    private struct Found {
        let id: MaterialID
        let title: String
        let position: Int64
        /// `nil` where it is not as long as the one that is asked about.
        let text: String?
        let plan: MaterialPlan
    }

    /// Whether materials are found with their plans.
    private let withPlans: Bool

    init(withPlans: Bool) { self.withPlans = withPlans }

    /// By title.
    private let same = BlockAnswers<Key, Found>()
    /// By what titles share that look the same.
    private let alike = BlockAnswers<Key, Found>()
    /// How long the text is that is asked about with each title and each key, in characters.
    private var lengths: (same: [Int64], alike: [Int64]) = ([], [])
    private var hasOddTitles = false
    /// How many materials courses have.
    var counts: [Int64: Int64] = [:]

    var absentCount: Int { same.absentCount }

    func removeAll() {
        same.removeAll()
        alike.removeAll()
        lengths = ([], [])
        hasOddTitles = false
        counts.removeAll(keepingCapacity: true)
    }

    func expect(_ title: String, key: String, in course: Int64, textLength: Int) {
        same.expect(Key(course: course, title: title))
        alike.expect(Key(course: course, title: key))
        if same.keys.count > lengths.same.count { lengths.same.append(Int64(textLength)) }
        if alike.keys.count > lengths.alike.count { lengths.alike.append(Int64(textLength)) }
        hasOddTitles = hasOddTitles || !key.isIdentical(to: title)
    }

    /// What is known of the material of a title, or else of one whose title looks the same.
    ///
    /// - Parameter isAlone: Whether no other title can look the same.
    func find(
        _ title: String, key: String, isAlone: Bool, in course: Int64, asking text: UnsafeBufferPointer<UInt8>
    ) -> BlockAnswer<MaterialStatements.Stored> {
        let alikeKey = Key(course: course, title: key)
        // A row of the block may change the material by another of its titles.
        guard !alike.isRepeated(alikeKey) else { return .unknown }
        var answer = same[Key(course: course, title: title)]
        if case .absent = answer, !isAlone { answer = alike[alikeKey] }
        switch answer {
        case .absent: return .absent
        case .unknown: return .unknown
        case .present(let found):
            let hasText = found.text.map { $0.utf8.elementsEqual(text) } ?? false
            return .present(
                MaterialStatements.Stored(
                    id: found.id, title: found.title, position: found.position, hasText: hasText, plan: found.plan))
        }
    }

    // MARK: - Looking up

    /// - Parameter hasOddTitles: Whether the database has titles that others may look like.
    func lookUp(on connection: any Connection, hasOddTitles: Bool) throws {
        guard !same.keys.isEmpty else { return }
        try lookUp(same, lengths.same, "material.title = asked.title", on: connection)
        if hasOddTitles || self.hasOddTitles {
            let isAlike: SQL = "(material.title = asked.title OR material.title_key = asked.title)"
            try lookUp(alike, lengths.alike, isAlike, on: connection)
        }
        let courses = Array(Set(same.keys.map(\.course)))
        guard let asked = connection.dialect.valueTable?([.integers(courses)]) else { return }
        try connection.forEach(
            """
            SELECT asked.course, coalesce((
                SELECT position FROM material WHERE course_id = asked.course ORDER BY position DESC LIMIT 1), 0) AS count
            FROM \(asked) AS asked (course, number)
            """
        ) { row in
            // Where a hand on the tables has been, `MaterialRows.nextPosition` mends it.
            let count: Int64 = try row["count"]
            if (0..<Int64(Int32.max)).contains(count) { counts[try row["course"]] = count }
            return true
        }
    }

    private func lookUp(
        _ answers: BlockAnswers<Key, Found>, _ lengths: [Int64], _ condition: SQL, on connection: any Connection
    ) throws {
        let columns: [ValueColumn] = [
            .integers(answers.keys.map(\.course)), .texts(answers.keys.map(\.title)), .integers(lengths),
        ]
        guard let asked = connection.dialect.valueTable?(columns) else { return }
        let plan: SQL = withPlans ? "section, hidden, release_date, due," : ""
        // A text of another length is another text, and need not come.
        try connection.forEach(
            """
            SELECT asked.number, found.* FROM \(asked) AS asked (course, title, length, number)
            CROSS JOIN LATERAL (
                SELECT id, title, position, \(plan) CASE WHEN length(description) = asked.length THEN description END AS description
                FROM material WHERE course_id = asked.course AND \(condition) ORDER BY id LIMIT 1
            ) AS found
            """
        ) { row in
            let found = Found(
                id: try row["id"], title: try row["title"], position: try row["position"], text: try row["description"],
                plan: withPlans ? try MaterialPlan(row) : MaterialPlan())
            answers.note(.present(found), of: try row["number"])
            return true
        }
    }
}
