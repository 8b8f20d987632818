internal import LMSDatabase
internal import LMSText

/// The statements of an import, each prepared once for all its rows.
final class CourseStatements {
    /// The highest id from before the import; 0 where there is none.
    let highestID: Int64
    private let findID: any Statement
    private let find: any Statement
    private let writer: any RowWriter
    private let index: SearchIndex.Writer
    private let connection: any Connection
    /// What is known of a block's codes, folded; `nil` for an engine that is asked row by row.
    private let block: BlockAnswers<String, (id: CourseID, values: CourseValues)>?
    /// Keys of courses that are gathered: they are written behind these.
    private var newKeys: [(course: CourseID, key: EnrollmentKeyRow?)] = []
    /// Whose keys these are, folded.
    private var newHolders: [String: CourseID] = [:]
    /// The longest description, in characters, that is read for a block: it holds thousands.
    private static let longest = 2000

    init(_ connection: any Connection) throws {
        self.connection = connection
        findID = try connection.prepare("SELECT id FROM course WHERE lower(code) = $1")
        find = try connection.prepare(
            """
            SELECT id, title, code, teacher_id, description, release_date, \(CourseRows.policy), archived_at FROM course
            WHERE lower(code) = $1
            """)
        writer = try connection.writer(
            of: "course", ["title", "code", "teacher_id", "description", "release_date", "enrollment", "archived_at"],
            ids: .drawn)
        index = try SearchIndex.courses.writer(on: connection)
        highestID = try connection.value("SELECT max(id) FROM course") ?? 0
        block = connection.dialect.valueTable == nil ? nil : BlockAnswers()
    }

    func id(of code: CourseCode) throws -> CourseID? {
        findID.bind(code.folded, at: 1)
        return try findID.firstInteger().map(CourseID.init(rawValue:))
    }

    func find(_ code: CourseCode) throws -> (id: CourseID, values: CourseValues)? {
        switch block?[code.folded] {
        case .absent: return nil
        case .present(let course): return course
        case .unknown: try flush()
        case nil: break
        }
        find.bind(code.folded, at: 1)
        return try find.first { row in
            (
                CourseID(rawValue: row.integer(at: 0)),
                CourseValues(
                    title: row.text(at: 1), code: CourseCode(row.text(at: 2)),
                    teacherID: UserID(rawValue: row.integer(at: 3)),
                    description: row.isNull(at: 4) ? nil : row.text(at: 4),
                    releaseDate: try row.value(at: 5), enrollment: try row.value(at: 6),
                    archivedAt: row.isNull(at: 7) ? nil : Instant(seconds: row.integer(at: 7)))
            )
        }
    }

    /// The course's code must be free, and so the key.
    ///
    /// - Parameter key: `nil` where none is given: a course whose way in is a key gets one.
    func insert(_ course: CourseValues, key: EnrollmentKeyRow?) throws -> CourseID {
        writer.bind(course.title, at: 1)
        writer.bind(course.code.rawValue, at: 2)
        writer.bind(course.teacherID.rawValue, at: 3)
        writer.bind(orNull: course.description, at: 4)
        writer.bind(course.releaseDate.description, at: 5)
        writer.bind(course.enrollment.stored.rawValue, at: 6)
        writer.bind(orNull: course.archivedAt?.seconds, at: 7)
        guard let id = try writer.insert() else { throw DatabaseError(.internal, "INSERT gave no id") }
        try index.insert(id, heading: course.searchHeading, body: course.description ?? "")
        if key != nil || course.enrollment == .key {
            newKeys.append((CourseID(rawValue: id), key))
            if let folded = key?.key.folded { newHolders[folded] = CourseID(rawValue: id) }
            if block == nil { try flush() }
        }
        return CourseID(rawValue: id)
    }

    private var keys: EnrollmentKeyRows { EnrollmentKeyRows(connection: connection) }

    /// Whose key it is; `nil` where it is free.
    func holder(of key: EnrollmentKey) throws -> CourseID? {
        try newHolders[key.folded ?? ""] ?? keys.holder(of: key)
    }

    func key(of course: CourseID) throws -> EnrollmentKeyRow? {
        try flush()
        return try keys.find(of: course)
    }

    func put(_ key: EnrollmentKeyRow, of course: CourseID) throws {
        try flush()
        try keys.put(key, of: course)
    }

    /// Changes all of a course, its owner too, to whom its log goes.
    func update(_ id: CourseID, to course: CourseValues, from former: CourseValues) throws {
        let rows = CourseRows(connection: connection, viewer: course.teacherID)
        try rows.update(id, to: course, isPolicyOther: course.enrollment != former.enrollment)
        if course.archivedAt != former.archivedAt { try rows.setArchived(id, since: course.archivedAt) }
        if course.teacherID != former.teacherID { try rows.transfer(id, to: course.teacherID) }
    }

    func flush() throws {
        try writer.flush()
        let waiting = newKeys
        newKeys.removeAll()
        newHolders.removeAll()
        for case (let course, let key?) in waiting { try keys.put(key, of: course) }
        for case (let course, nil) in waiting { try keys.wake(of: course) }
    }

    /// Writes what is left of the search entries, behind the last row.
    func finish() throws {
        try index.finish()
    }

    // MARK: - Many at once

    /// The ids of those of the courses that are there.
    ///
    /// - Parameter codes: Folded.
    func ids(of codes: [String]) throws -> [(code: String, id: CourseID)] {
        guard !codes.isEmpty, let asked = connection.dialect.valueTable?([.texts(codes)]) else { return [] }
        return try connection.rows(
            """
            SELECT asked.code, found.id FROM \(asked) AS asked (code, number)
            CROSS JOIN LATERAL (SELECT id FROM course WHERE lower(code) = asked.code LIMIT 1) AS found
            """
        ).map { (try $0["code"], try $0["id"]) }
    }

    func beginBlock() {
        block?.removeAll()
    }

    func expect(_ code: CourseCode) {
        block?.expect(code.folded)
    }

    func lookUp() throws {
        try flush()
        guard let codes = block?.keys, !codes.isEmpty, let asked = connection.dialect.valueTable?([.texts(codes)]) else { return }
        try connection.forEach(
            """
            SELECT asked.number, found.* FROM \(asked) AS asked (code, number)
            CROSS JOIN LATERAL (
                SELECT id, title, course.code, teacher_id, release_date, \(CourseRows.policy) AS enrollment, archived_at,
                    coalesce(length(description), 0) AS length,
                    CASE WHEN length(description) <= \(Self.longest) THEN description END AS description
                FROM course WHERE lower(course.code) = asked.code LIMIT 1
            ) AS found
            """
        ) { row in
            let length: Int = try row["length"]
            let values = CourseValues(
                title: try row["title"], code: try row["code"], teacherID: try row["teacher_id"],
                description: try row["description"], releaseDate: try row["release_date"], enrollment: try row["enrollment"],
                archivedAt: try row["archived_at"])
            block?.note(length > Self.longest ? .unknown : .present((try row["id"], values)), of: try row["number"])
            return true
        }
        try writer.drawIDs(for: block?.absentCount ?? 0)
    }
}
