internal import LMSDatabase
internal import LMSText

/// The statements of an import, each prepared once for all its rows.
final class MaterialStatements {
    /// The highest ids from before the import, of a material and of a course that has one; 0 where there is none.
    let highestID: Int64
    private let highestCourse: Int64
    /// Whether there are titles that others may look like without being the same.
    private var hasOddTitles: Bool
    private let find: any Statement
    private let findAlike: any Statement
    private let writer: any RowWriter
    private let index: SearchIndex.Writer
    private let rows: MaterialRows
    /// How many materials the course of the last row has.
    private var last: (course: Int64, count: Int64) = (0, 0)
    /// What is known of a block's rows; `nil` for an engine that is asked row by row.
    private let block: MaterialBlock?

    /// Whether rows have plans.
    private let withPlans: Bool
    /// When the materials are added.
    private let now: Instant

    /// - Parameter withPlans: Whether materials are found and inserted with their plans.
    init(_ connection: any Connection, withPlans: Bool, at now: Instant) throws {
        rows = MaterialRows(connection: connection)
        self.withPlans = withPlans
        self.now = now
        let plan: SQL = withPlans ? ", section, hidden, release_date, due" : ""
        find = try connection.prepare(
            "SELECT id, description, position, title\(plan) FROM material WHERE course_id = $1 AND title = $2")
        findAlike = try connection.prepare(
            """
            SELECT id, description, position, title\(plan) FROM material
            WHERE course_id = $1 AND (title = $2 OR title_key = $2) ORDER BY id LIMIT 1
            """)
        writer = try connection.writer(
            of: "material",
            ["course_id", "description", "title", "position", "title_key", "created_at"]
                + (withPlans ? ["section", "hidden", "release_date", "due"] : []), ids: .drawn)
        index = try SearchIndex.materials.writer(on: connection)
        highestID = try connection.value("SELECT max(id) FROM material") ?? 0
        highestCourse = try connection.value("SELECT max(course_id) FROM material") ?? 0
        let odd: Int64? = try connection.value("SELECT 1 FROM material WHERE title_key IS NOT NULL LIMIT 1")
        hasOddTitles = odd != nil
        block = connection.dialect.valueTable == nil ? nil : MaterialBlock(withPlans: withPlans)
    }

    /// Whether a material of that title can be there at all: what cannot is not looked for, unless nothing else tells that an earlier row
    /// has it.
    func canHave(_ title: String, key: String?, in course: Int64) -> Bool {
        block != nil || course <= highestCourse || hasOddTitles || key != nil
    }

    /// A material as it is stored.
    struct Stored {
        let id: MaterialID
        let title: String
        let position: Int64
        /// Whether its text is the one that was asked about.
        let hasText: Bool
        /// Nothing where materials are found without plans.
        let plan: MaterialPlan
    }

    /// The material of a title, or else one whose title looks the same.
    ///
    /// - Parameter key: As it is stored.
    func find(_ title: String, key: String?, in course: Int64, asking text: UnsafeBufferPointer<UInt8>) throws -> Stored? {
        let isAlone = !hasOddTitles && key == nil
        let key = key ?? title
        switch block?.find(title, key: key, isAlone: isAlone, in: course, asking: text) {
        case .absent: return nil
        case .present(let material): return material
        case .unknown: try writer.flush()
        case nil: break
        }
        if let material = try first(find, title, in: course, asking: text) { return material }
        return isAlone ? nil : try first(findAlike, key, in: course, asking: text)
    }

    private func first(
        _ statement: any Statement, _ title: String, in course: Int64, asking text: UnsafeBufferPointer<UInt8>
    ) throws -> Stored? {
        statement.bind(course, at: 1)
        statement.bind(title, at: 2)
        return try statement.first {
            Stored(
                id: MaterialID(rawValue: $0.integer(at: 0)), title: $0.text(at: 3),
                position: $0.integer(at: 2), hasText: $0.isText(text, at: 1), plan: try plan($0))
        }
    }

    private func plan(_ row: any StatementRow) throws -> MaterialPlan {
        var plan = MaterialPlan()
        guard withPlans else { return plan }
        plan.section = row.isNull(at: 4) ? nil : row.text(at: 4)
        plan.isHidden = row.integer(at: 5) != 0
        plan.releaseDate = row.isNull(at: 6) ? nil : try row.value(at: 6)
        plan.due = row.isNull(at: 7) ? nil : try row.value(at: 7)
        return plan
    }

    /// Adds a material at the end of its course. One that can be there (`canHave`) was looked for.
    ///
    /// - Returns: `nil` where the course has a material of that title.
    func insert(
        _ title: String, key: String?, _ text: UnsafeBufferPointer<UInt8>, _ plan: MaterialPlan, in course: Int64
    ) throws -> (id: Int64, position: Int64)? {
        if last.course != course { try goTo(course) }
        writer.bind(course, at: 1)
        writer.bind(text, at: 2)
        writer.bind(title, at: 3)
        writer.bind(last.count + 1, at: 4)
        writer.bind(orNull: key, at: 5)
        writer.bind(now.seconds, at: 6)
        if withPlans {
            writer.bind(orNull: plan.section, at: 7)
            writer.bind(plan.isHidden ? 1 : 0, at: 8)
            writer.bind(orNull: plan.releaseDate?.description, at: 9)
            writer.bind(orNull: plan.due?.stored, at: 10)
        }
        guard let id = try writer.insert() else { return nil }
        last.count += 1
        hasOddTitles = hasOddTitles || key != nil
        try index.insert(id, heading: title, body: text)
        return (id, last.count)
    }

    private func goTo(_ course: Int64) throws {
        block?.counts[last.course] = last.count
        if let count = block?.counts[course] {
            last = (course, count)
        } else {
            try writer.flush()
            last = (course, Int64(try rows.nextPosition(in: CourseID(rawValue: course)) - 1))
        }
    }

    func flush() throws {
        try writer.flush()
    }

    /// Writes what is left of the search entries, behind the last row.
    func finish() throws {
        try index.finish()
    }

    // MARK: - Many at once

    func beginBlock() {
        block?.removeAll()
        last = (0, 0)
    }

    /// - Parameter key: What titles share that look like this one.
    func expect(_ title: String, key: String, in course: Int64, textLength: Int) {
        block?.expect(title, key: key, in: course, textLength: textLength)
    }

    func lookUp() throws {
        try writer.flush()
        try block?.lookUp(on: rows.connection, hasOddTitles: hasOddTitles)
        try writer.drawIDs(for: block?.absentCount ?? 0)
    }
}
