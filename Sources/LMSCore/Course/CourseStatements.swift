internal import LMSDatabase
internal import LMSText

/// The statements of an import, each prepared once for all its rows.
final class CourseStatements {
    /// The highest id from before the import; 0 where there is none.
    let highestID: Int64
    private let findID: any Statement
    private let find: any Statement
    private let insert: any Statement
    private let index: SearchIndex.Writer
    private let connection: any Connection

    init(_ connection: any Connection) throws {
        self.connection = connection
        findID = try connection.prepare("SELECT id FROM course WHERE lower(code) = $1")
        find = try connection.prepare(
            """
            SELECT id, title, code, teacher_id, description, release_date, enrollment FROM course
            WHERE lower(code) = $1
            """)
        insert = try connection.prepare(
            """
            INSERT INTO course (title, code, teacher_id, description, release_date, enrollment)
            VALUES ($1, $2, $3, $4, $5, $6)
            """)
        index = try SearchIndex.courses.writer(on: connection)
        highestID = try connection.value("SELECT max(id) FROM course") ?? 0
    }

    func id(of code: CourseCode) throws -> CourseID? {
        findID.bind(code.folded, at: 1)
        return try findID.firstInteger().map(CourseID.init(rawValue:))
    }

    func find(_ code: CourseCode) throws -> (id: CourseID, values: CourseValues)? {
        find.bind(code.folded, at: 1)
        return try find.first { row in
            (
                CourseID(rawValue: row.integer(at: 0)),
                CourseValues(
                    title: row.text(at: 1), code: CourseCode(row.text(at: 2)),
                    teacherID: UserID(rawValue: row.integer(at: 3)),
                    description: row.isNull(at: 4) ? nil : row.text(at: 4),
                    releaseDate: try row.value(at: 5), enrollment: try row.value(at: 6))
            )
        }
    }

    /// The course's code must be free.
    func insert(_ course: CourseValues) throws -> CourseID {
        insert.bind(course.title, at: 1)
        insert.bind(course.code.rawValue, at: 2)
        insert.bind(course.teacherID.rawValue, at: 3)
        insert.bind(orNull: course.description, at: 4)
        insert.bind(course.releaseDate.description, at: 5)
        insert.bind(course.enrollment.rawValue, at: 6)
        guard let id = try insert.insert() else { throw DatabaseError(.internal, "INSERT gave no id") }
        try index.insert(id, heading: course.searchHeading, body: course.description ?? "")
        return CourseID(rawValue: id)
    }

    /// Changes all of a course, its teacher too, to whom its log goes.
    func update(_ id: CourseID, to course: CourseValues, from former: CourseValues) throws {
        try CourseRows(connection: connection, viewer: course.teacherID).update(id, to: course)
        guard course.teacherID != former.teacherID else { return }
        try connection.execute("UPDATE course SET teacher_id = \(course.teacherID) WHERE id = \(id)")
        try AuditRows(connection: connection).handOver(id, to: course.teacherID)
    }

    /// Writes what is left of the search entries, behind the last row.
    func finish() throws {
        try index.finish()
    }
}
