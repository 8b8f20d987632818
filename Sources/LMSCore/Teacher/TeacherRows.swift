internal import LMSDatabase
internal import LMSText

/// The `co_teacher` table: who teaches a course beside its owner, who has no row in it.
struct TeacherRows {
    let connection: any Connection

    /// What an export writes, by the names of its columns.
    static let exported: SQL = """
        SELECT course.code AS course, users.username AS teacher
        FROM co_teacher JOIN course ON course.id = co_teacher.course_id
        JOIN users ON users.id = co_teacher.user_id ORDER BY co_teacher.course_id, co_teacher.user_id
        """

    /// The teachers of a course, its owner among them, by username.
    func page(of course: CourseID, _ request: PageRequest) throws -> Page<CourseTeacher> {
        let after = try request.after?.username().folded ?? ""
        return try connection.page(
            request,
            """
            SELECT username, role, added_at FROM (
                SELECT users.username, 'owner' AS role, NULL AS added_at
                FROM course JOIN users ON users.id = course.teacher_id WHERE course.id = \(course)
                UNION ALL
                SELECT users.username, 'teacher', co_teacher.added_at
                FROM co_teacher JOIN users ON users.id = co_teacher.user_id WHERE co_teacher.course_id = \(course)
            ) AS teacher
            WHERE lower(username) > \(after) ORDER BY lower(username) LIMIT \(request.limit + 1)
            """,
            cursor: { (username: Username) in Cursor(username.folded) },
            decode: { row in
                let teacher = CourseTeacher(
                    username: try row["username"], role: try row["role"], addedAt: try row["added_at"])
                return (teacher, teacher.username, 100)
            })
    }

    /// Who teaches a course beside its owner, by username.
    func all(of course: CourseID) throws -> [(username: Username, id: UserID)] {
        try connection.rows(
            """
            SELECT users.username, users.id FROM co_teacher JOIN users ON users.id = co_teacher.user_id
            WHERE co_teacher.course_id = \(course) ORDER BY lower(users.username)
            """
        ).map { (try $0["username"], try $0["id"]) }
    }

    /// Since when somebody teaches a course beside its owner; `nil` where he does not.
    func addedAt(_ teacher: UserID, in course: CourseID) throws -> Instant? {
        try connection.value("SELECT added_at FROM co_teacher WHERE course_id = \(course) AND user_id = \(teacher)")
    }

    /// - Returns: Whether the row is new; `false` where there is one, or the account is no teacher's any more.
    func insert(_ teacher: UserID, in course: CourseID, at now: Instant) throws -> Bool {
        try connection.execute(
            """
            INSERT INTO co_teacher (course_id, user_id, added_at)
            SELECT \(course), id, \(now) FROM users WHERE id = \(teacher) AND role = 'teacher'
            ON CONFLICT DO NOTHING
            """) == 1
    }

    func delete(_ teacher: UserID, in course: CourseID) throws {
        try connection.execute("DELETE FROM co_teacher WHERE course_id = \(course) AND user_id = \(teacher)")
    }

    /// Of the courses that go from one owner to another, who may teach some of them already.
    func deleteNextOwner(_ taker: UserID, ofCoursesOf giver: UserID) throws {
        try connection.execute(
            """
            DELETE FROM co_teacher
            WHERE user_id = \(taker) AND course_id IN (SELECT id FROM course WHERE teacher_id = \(giver))
            """)
    }
}
