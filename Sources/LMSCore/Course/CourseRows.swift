internal import LMSDatabase
internal import LMSText

/// The `course` table, as one viewer sees it.
struct CourseRows {
    let connection: any Connection
    let viewer: UserID
    /// What the viewer's account is for: only a teacher can teach beside an owner, only a student be enrolled.
    var viewerRole = Role.student
    /// The session whose courses are all that is seen; `nil` where all are.
    var cut: SessionID?
    /// Whether lists have archived courses, too.
    var withArchived = false
    /// When the search entries of what is written here are written.
    var search = SearchWriting.atOnce

    static let copied = CopiedTable(
        "course", "course", ["id", "title", "teacher_id", "description", "release_date", "code", "enrollment", "archived_at"])

    static let copiedTeachers = CopiedTable(
        "co_teacher", "co_teacher", ["course_id", "user_id", "added_at"], by: "course_id, user_id", hasSequence: false)

    /// The course's way in: where a course is closed, its key may be.
    static let policy: SQL = """
        CASE WHEN course.enrollment = 'closed' AND EXISTS (
            SELECT 1 FROM course_key AS awake WHERE awake.course_id = course.id AND awake.is_awake = 1
        ) THEN 'key' ELSE course.enrollment END
        """

    /// What an export writes, by the names of its columns, in the order in which an import gives new ids.
    static let exported: SQL = """
        SELECT course.code, course.title, users.username AS teacher, course.description,
            course.release_date, \(policy) AS enrollment, course_key.key AS enrollment_key, course_key.expires_at,
            course_key.uses, course_key.use_limit, course.archived_at
        FROM course JOIN users ON users.id = course.teacher_id
        LEFT JOIN course_key ON course_key.course_id = course.id AND course_key.is_disabled = 0
        ORDER BY course.id
        """

    /// - Throws: `LMSError` `notFound`, also for a text that is neither an id nor a code.
    func find(_ reference: CourseReference) throws -> Course {
        guard let course = try named(reference) else { throw LMSError.noCourse(reference) }
        return course
    }

    func find(_ id: CourseID) throws -> Course? {
        try connection.row("\(columns) WHERE course.id = \(id)\(within)").map(decode)
    }

    func find(_ code: CourseCode) throws -> Course? {
        try connection.row("\(columns) WHERE lower(course.code) = \(code.folded)\(within)").map(decode)
    }

    /// - Returns: `nil` also for a text that is neither an id nor a code.
    func named(_ reference: CourseReference) throws -> Course? {
        if let id = reference.id { return try find(id) }
        let code = CourseCode(reference.text)
        return code.isValid ? try find(code) : nil
    }

    /// - Returns: The new id; `nil` where the code is taken.
    func insert(_ course: CourseValues) throws -> CourseID? {
        let id = try connection.insert(
            """
            INSERT INTO course (title, teacher_id, description, release_date, code, enrollment)
            VALUES (\(course.title), \(course.teacherID), \(course.description),
                \(course.releaseDate), \(course.code), \(course.enrollment.stored))
            ON CONFLICT DO NOTHING
            """
        ).map(CourseID.init(rawValue:))
        if let id {
            if course.enrollment == .key { try keys.wake(of: id) }
            try index(course, id, isNew: true)
        }
        return id
    }

    /// - Parameter isPolicyOther: Whether students get in by another way than before.
    func update(_ id: CourseID, to course: some CourseContent, isPolicyOther: Bool) throws {
        try connection.execute(
            """
            UPDATE course SET title = \(course.title), description = \(course.description),
                release_date = \(course.releaseDate), code = \(course.code),
                enrollment = \(course.enrollment.stored)
            WHERE id = \(id)
            """)
        if isPolicyOther {
            if course.enrollment == .key { try keys.wake(of: id) } else { try keys.sleep(of: id) }
        }
        try index(course, id)
    }

    /// Makes a course read-only from an instant on, or no longer.
    func setArchived(_ id: CourseID, since instant: Instant?) throws {
        try connection.execute("UPDATE course SET archived_at = \(instant) WHERE id = \(id)")
    }

    /// Gives a course and its log to its next owner, who no longer teaches it beside one.
    func transfer(_ id: CourseID, to taker: UserID) throws {
        try TeacherRows(connection: connection).delete(taker, in: id)
        try connection.execute("UPDATE course SET teacher_id = \(taker) WHERE id = \(id)")
        try AuditRows(connection: connection).handOver(id, to: taker)
        try TrashRows(connection: connection).handOver(id, to: taker)
    }

    private var keys: EnrollmentKeyRows { EnrollmentKeyRows(connection: connection) }

    func delete(_ id: CourseID) throws {
        try connection.execute("DELETE FROM course WHERE id = \(id)")
        switch search {
        case .atOnce: try SearchIndex.courses.remove(id, on: connection)
        case .later: try SearchBacklog(connection: connection).add(id, of: .courses)
        }
    }

    /// Writes the search entry of a course, which has none.
    func indexAgain(_ id: CourseID) throws {
        switch search {
        case .later: try SearchBacklog(connection: connection).add(id, of: .courses)
        case .atOnce: _ = try SearchIndex.courses.renew(id.rawValue, on: connection)
        }
    }

    private func index(_ course: some CourseContent, _ id: CourseID, isNew: Bool = false) throws {
        switch search {
        case .atOnce:
            try SearchIndex.courses.put(
                id, isNew: isNew, heading: course.searchHeading, body: course.description ?? "", on: connection)
        case .later: try SearchBacklog(connection: connection).add(id, of: .courses)
        }
    }

    /// A free one of `code`, `code-2`, `code-3` …
    ///
    /// - Throws: `LMSError` `conflict` where none is found.
    func firstFree(_ code: CourseCode) throws -> CourseCode {
        let number = try FreeNumber.find { number in
            let found: Int? = try connection.value(
                "SELECT 1 FROM course WHERE lower(code) = \(code.numbered(number).folded)")
            return found != nil
        }
        guard let number else { throw LMSError.codeTaken(code) }
        return code.numbered(number)
    }

    /// All courses, by id.
    func all(_ request: PageRequest) throws -> Page<Course> {
        let after = try request.lastID
        return try page(request, catalogue(after: after, limit: request.limit + 1))
    }

    /// The statement that reads a page of all courses. It looks at no archived one, of which there may be very many in a row; where
    /// they are asked for, at those that the viewer owns or is in, which have indexes.
    func catalogue(after: Int64, limit: Int) -> SQL {
        guard withArchived else {
            return "\(columns) WHERE course.id > \(after)\(live)\(within) ORDER BY course.id LIMIT \(limit)"
        }
        let (seats, person): (SQL, SQL) =
            switch viewerRole {
            case .teacher: ("co_teacher", "user_id")
            case .student: ("enrollment", "student_id")
            }
        return """
            \(columns) WHERE course.id IN (SELECT id FROM (
                SELECT id FROM course WHERE archived_at IS NULL AND id > \(after)\(within)
                UNION ALL
                SELECT id FROM course WHERE teacher_id = \(viewer) AND id > \(after) AND archived_at IS NOT NULL\(within)
                UNION ALL
                SELECT seat.course_id FROM \(seats) AS seat JOIN course ON course.id = seat.course_id
                WHERE seat.\(person) = \(viewer) AND seat.course_id > \(after) AND course.archived_at IS NOT NULL\(within)
                ORDER BY 1 LIMIT \(limit)) AS listed)
            ORDER BY course.id
            """
    }

    /// Those that are listed, as a condition behind others. An archived course is in no catalogue, also where archived ones are
    /// asked for, but among one's own.
    private var listed: SQL {
        guard withArchived else { return " AND course.archived_at IS NULL" }
        return " AND (course.archived_at IS NULL OR course.teacher_id = \(viewer) OR \(isViewerIn))"
    }

    /// Whether the viewer is in the course beside its owner, or has asked to join.
    private var isViewerIn: SQL {
        switch viewerRole {
        case .teacher: "co_teacher.user_id IS NOT NULL"
        case .student: "mine.student_id IS NOT NULL"
        }
    }

    /// The courses that the viewer teaches, as owner or beside one, by id. Both have an index, and are merged as they are read.
    func taught(_ request: PageRequest) throws -> Page<Course> {
        let after = try request.lastID
        return try page(
            request,
            """
            \(columns) WHERE course.id IN (SELECT id FROM (
                SELECT id FROM course WHERE teacher_id = \(viewer) AND id > \(after)\(live)\(Policy.within(cut, "id"))
                UNION ALL
                SELECT co_teacher.course_id FROM co_teacher JOIN course ON course.id = co_teacher.course_id
                WHERE co_teacher.user_id = \(viewer) AND co_teacher.course_id > \(after)\(live)\(within)
                ORDER BY 1 LIMIT \(request.limit + 1)) AS taught)
            ORDER BY course.id
            """)
    }

    /// The courses that the viewer is in, or asked to join, by id.
    func followed(_ request: PageRequest) throws -> Page<Course> {
        let after = try request.lastID
        return try page(
            request,
            """
            \(columns) WHERE mine.student_id = \(viewer) AND mine.course_id > \(after)\(live)\(within)
            ORDER BY mine.course_id LIMIT \(request.limit + 1)
            """)
    }

    /// The courses that have the words, of one of these lists: best match first, then by id.
    func matching(
        _ words: SearchWords, _ scope: ListCourses.Scope, of role: Role, _ request: PageRequest
    ) throws -> Page<Course> {
        let mine: SQL =
            switch (scope, role) {
            case (.all, _): listed
            case (.mine, .teacher): " AND (course.teacher_id = \(viewer) OR co_teacher.user_id IS NOT NULL)\(live)"
            case (.mine, .student): " AND mine.student_id = \(viewer)\(live)"
            }
        let queries = words.queries
        var beginnings = WordBeginnings(connection)
        return try connection.page(request, ranks: queries.count) { rank, after, limit in
            let query = try beginnings.expand(queries[rank], in: .courses)
            let hits = SearchIndex.courses.hits(query, on: connection)
            return """
                \(columns(from: "\(hits) AS hit CROSS JOIN course"))
                WHERE course.id = hit.id AND hit.id > \(after)\(mine)\(within)
                ORDER BY hit.id LIMIT \(limit)
                """
        } decode: { _, row in
            let course = try decode(row)
            return (course, course.id.rawValue, Self.size(course))
        }
    }

    private func page(_ request: PageRequest, _ sql: SQL) throws -> Page<Course> {
        try connection.page(
            request, sql, cursor: { Cursor($0) },
            decode: { row in
                let course = try decode(row)
                return (course, course.id, Self.size(course))
            })
    }

    private static func size(_ course: Course) -> Int {
        (course.description?.utf8.count ?? 0) + course.title.utf8.count + 200
    }

    /// What one's own lists leave out, as a condition behind others.
    private var live: SQL { withArchived ? "" : " AND course.archived_at IS NULL" }

    private var within: SQL { Policy.within(cut, "course.id") }

    private var columns: SQL { columns(from: "course") }

    private func columns(from courses: SQL) -> SQL {
        let (own, isTaught, join): (SQL, SQL, SQL) =
            switch viewerRole {
            case .student:
                (
                    "mine.status", "course.teacher_id = \(viewer)",
                    "LEFT JOIN enrollment AS mine ON mine.course_id = course.id AND mine.student_id = \(viewer)"
                )
            case .teacher:
                (
                    "co_teacher.user_id AS co_teacher",
                    "course.teacher_id = \(viewer) OR co_teacher.user_id IS NOT NULL",
                    "LEFT JOIN co_teacher ON co_teacher.course_id = course.id AND co_teacher.user_id = \(viewer)"
                )
            }
        return """
            SELECT course.id, course.code, course.title, users.username, users.name AS teacher_name, course.release_date,
                \(Self.policy) AS enrollment, course.teacher_id, course.description, course.archived_at, \(own),
                CASE WHEN \(isTaught) THEN
                    (SELECT count(*) FROM enrollment
                        WHERE enrollment.course_id = course.id AND enrollment.status = 'pending')
                END AS pending,
                (SELECT count(*) FROM enrollment
                    WHERE enrollment.course_id = course.id AND enrollment.status = 'enrolled') AS students
            FROM \(courses)
            JOIN users ON users.id = course.teacher_id
            \(join)
            """
    }

    private func decode(_ row: Row) throws -> Course {
        let teacherID: UserID = try row["teacher_id"]
        let status: Told<EnrollmentStatus>? = viewerRole == .student ? try row["status"] : nil
        let coTeacher: UserID? = viewerRole == .teacher ? try row["co_teacher"] : nil
        let role: CourseRole? =
            teacherID == viewer ? .owner : coTeacher != nil ? .teacher : status == .enrolled ? .student : nil
        return Course(
            id: try row["id"], code: try row["code"], title: try row["title"],
            teacher: try row["username"], releaseDate: try row["release_date"],
            enrollment: try row["enrollment"], students: try row["students"],
            status: status, teacherID: teacherID,
            description: try row["description"], pending: try row["pending"], role: role.map(Told.init),
            teacherName: try row["teacher_name"], archivedAt: try row["archived_at"])
    }
}

extension CourseContent {
    /// The heading of the course's search entry, which `SearchIndex.courses` makes in SQL.
    var searchHeading: String { "\(code) \(title)" }
}

extension LMSError {
    static func noCourse(_ reference: CourseReference) -> LMSError {
        LMSError(
            .notFound, "there is no course \(quoted(reference.text))",
            hint: "See what there is with: lms course list --all")
    }
}
