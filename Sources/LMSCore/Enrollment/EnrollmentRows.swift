internal import LMSDatabase
internal import LMSText

/// The row of an enrollment, whose student and course are known.
struct EnrollmentRow: Sendable {
    let id: EnrollmentID
    let status: EnrollmentStatus
    let dateEntry: Instant
}

/// The `enrollment` table.
struct EnrollmentRows {
    let connection: any Connection

    static let copied = CopiedTable(
        "enrollment", "enrollment", ["id", "student_id", "course_id", "date_entry", "status"])

    /// What an export writes, by the names of its columns, in the order in which an import gives new ids.
    static let exported: SQL = """
        SELECT course.code AS course, users.username AS student, enrollment.date_entry, enrollment.status
        FROM enrollment JOIN course ON course.id = enrollment.course_id
        JOIN users ON users.id = enrollment.student_id ORDER BY enrollment.id
        """

    func find(_ student: UserID, in course: CourseID) throws -> EnrollmentRow? {
        try connection.row(
            """
            SELECT id, status, date_entry FROM enrollment
            WHERE student_id = \(student) AND course_id = \(course)
            """
        ).map(Self.decode)
    }

    static func decode(_ row: Row) throws -> EnrollmentRow {
        EnrollmentRow(id: try row["id"], status: try row["status"], dateEntry: try row["date_entry"])
    }

    /// - Returns: Whether the row is new; `false` where the student has one, or is no student any more.
    func insert(
        _ student: UserID, in course: CourseID, _ status: EnrollmentStatus, at now: Instant
    ) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO enrollment (student_id, course_id, date_entry, status)
            SELECT id, \(course), \(now), \(status) FROM users WHERE id = \(student) AND role = 'student'
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// A request that is granted counts from now.
    func enroll(_ id: EnrollmentID, at now: Instant) throws {
        try connection.execute(
            "UPDATE enrollment SET status = 'enrolled', date_entry = \(now) WHERE id = \(id)")
    }

    func replace(_ id: EnrollmentID, _ status: EnrollmentStatus, at date: Instant) throws {
        try connection.execute(
            "UPDATE enrollment SET status = \(status), date_entry = \(date) WHERE id = \(id)")
    }

    func delete(_ id: EnrollmentID) throws {
        try connection.execute("DELETE FROM enrollment WHERE id = \(id)")
    }

    func delete(of student: UserID, in course: CourseID) throws {
        try connection.execute("DELETE FROM enrollment WHERE student_id = \(student) AND course_id = \(course)")
    }

    func deleteAll(of course: CourseID) throws -> Int {
        try connection.execute("DELETE FROM enrollment WHERE course_id = \(course)")
    }

    /// The roster, by username.
    ///
    /// - Parameter search: Whom to find; everybody where nothing is said.
    func page(
        of course: CourseID, status: EnrollmentStatus?, _ search: PersonSearch?, _ request: PageRequest
    ) throws -> Page<ListedStudent> {
        let filter: SQL = status.map { "AND enrollment.status = \($0)" } ?? ""
        let after = try request.after?.username().folded ?? ""
        let rows: SQL = """
            SELECT users.username, enrollment.status, enrollment.date_entry, users.name, users.number
            FROM enrollment JOIN users ON users.id = enrollment.student_id
            WHERE enrollment.course_id = \(course) \(filter) AND lower(users.username) > \(after)
            ORDER BY lower(users.username)
            """
        func cursor(_ username: Username) -> Cursor { Cursor(username.folded) }
        guard var search else {
            return try connection.page(
                request, "\(rows) LIMIT \(request.limit + 1)", cursor: cursor, decode: Self.listed)
        }
        return try connection.page(request, among: rows, cursor: cursor) { row in
            let listed = try Self.listed(row)
            return search.finds(listed.key, listed.item.details) ? listed : nil
        }
    }

    private static func listed(_ row: Row) throws -> (item: ListedStudent, key: Username, size: Int) {
        let student = ListedStudent(
            username: try row["username"], status: try row["status"], dateEntry: try row["date_entry"],
            details: try PersonDetails(row))
        return (student, student.username, 100)
    }

    /// All enrollments of a course, by username.
    func all(of course: CourseID) throws -> [(username: Username, row: EnrollmentRow)] {
        try connection.rows(
            """
            SELECT users.username, enrollment.id, enrollment.status, enrollment.date_entry
            FROM enrollment JOIN users ON users.id = enrollment.student_id
            WHERE enrollment.course_id = \(course)
            ORDER BY lower(users.username)
            """
        ).map { (try $0["username"], try Self.decode($0)) }
    }

    func pendingStudents(of course: CourseID) throws -> [Username] {
        try connection.rows(
            """
            SELECT users.username FROM enrollment JOIN users ON users.id = enrollment.student_id
            WHERE enrollment.course_id = \(course) AND enrollment.status = 'pending'
            ORDER BY lower(users.username)
            """
        ).map { try $0["username"] }
    }
}
