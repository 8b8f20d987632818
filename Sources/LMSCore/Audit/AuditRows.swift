internal import LMSDatabase
internal import LMSText

/// The `audit` table, and for how long its rows are kept.
///
/// The log is its owner's and, as long as the course is there, its other teachers'. Ownership moves with the course: a transfer
/// hands the older entries over too, so that reading the log needs no look at courses that are gone.
struct AuditRows {
    let connection: any Connection
    /// The session whose courses are all that is seen; `nil` where all are.
    var cut: SessionID?

    static let copied = CopiedTable(
        "audit", "audit",
        [
            "id", "at", "actor_id", "actor", "via", "action", "course_id", "course", "owner_id", "subject", "is_request",
        ])
    static let copiedSettings = CopiedTable(
        "setting", "setting", ["name", "value"], by: "name", hasSequence: false)

    /// The entries that news are made of, as the index `audit_news` has it: an engine takes the index where it finds the same words
    /// in a statement.
    static let isForNews: SQL = "action IN ('course.transfer', 'enrollment.join', 'enrollment.leave', 'roster.approve')"

    /// What the operator is called, who has no account: no username has a parenthesis.
    static let operatorName = "(operator)"

    /// An entry with its id.
    struct Row: Sendable {
        let id: AuditID
        let entry: LogEntry
    }

    func insert(_ entry: LogEntry, by actor: UserID?, on course: Course, isRequest: Bool) throws -> AuditID? {
        try connection.insert(
            """
            INSERT INTO audit (at, actor_id, actor, via, action, course_id, course, owner_id, subject, is_request)
            VALUES (\(entry.at), \(actor), \(entry.actor), \(entry.via), \(entry.action), \(course.id),
                \(entry.course), \(course.teacherID), \(entry.subject), \(isRequest ? 1 : 0))
            """
        ).map(AuditID.init(rawValue:))
    }

    /// Logs that all courses of `giver` go to `taker`, who reads their entries from now on.
    func handOver(from giver: UserID, to taker: UserRows.Account, via: Surface, at now: Instant) throws {
        try connection.execute(
            """
            UPDATE audit SET owner_id = \(taker.id)
            WHERE course_id IN (SELECT id FROM course WHERE teacher_id = \(giver))
            """)
        try connection.execute(
            """
            INSERT INTO audit (at, actor_id, actor, via, action, course_id, course, owner_id, subject)
            SELECT \(now), NULL, \(Self.operatorName), \(via), \(AuditAction.transferCourse), id, code,
                \(taker.id), \(taker.username)
            FROM course WHERE teacher_id = \(giver)
            """)
    }

    /// Gives the entries of a course to its new owner.
    func handOver(_ course: CourseID, to taker: UserID) throws {
        try connection.execute("UPDATE audit SET owner_id = \(taker) WHERE course_id = \(course)")
    }

    /// Logs that an import wrote to the courses with these ids.
    func insertImport(of courses: ClosedRange<Int64>, via: Surface, at now: Instant) throws {
        try connection.execute(
            """
            INSERT INTO audit (at, actor_id, actor, via, action, course_id, course, owner_id, subject)
            SELECT \(now), NULL, \(Self.operatorName), \(via), \(AuditAction.importCourse), id, code, teacher_id, NULL
            FROM course WHERE id BETWEEN \(courses.lowerBound) AND \(courses.upperBound) ORDER BY id
            """)
    }

    /// What was done to the courses that somebody owns, deleted ones too, or teaches beside their owners; newest first.
    ///
    /// Of each course that he does not own, the newest entries are read that a page can have: the subquery tells where they begin.
    func page(taughtBy teacher: UserID, _ request: PageRequest, at now: Instant) throws -> Page<LogEntry> {
        let before = try Self.end(of: request)
        let earliest = try earliest(at: now)
        return try page(
            """
            id IN (SELECT id FROM (
                SELECT id FROM audit WHERE owner_id = \(teacher) AND id < \(before) AND at >= \(earliest)\(within)
                UNION ALL
                SELECT entry.id FROM co_teacher CROSS JOIN audit AS entry
                WHERE co_teacher.user_id = \(teacher) AND entry.course_id = co_teacher.course_id\(Policy.within(cut, "co_teacher.course_id"))
                    AND entry.id < \(before) AND entry.at >= \(earliest)
                    AND entry.id >= coalesce(
                        (SELECT id FROM audit
                            WHERE course_id = co_teacher.course_id AND id < \(before) AND at >= \(earliest)
                            ORDER BY id DESC LIMIT 1 OFFSET \(request.limit)), 0)
                ORDER BY 1 DESC LIMIT \(request.limit + 1)) AS taught)
            """, request, at: now)
    }

    /// What was done to one course, newest first.
    func page(of course: CourseID?, _ request: PageRequest, at now: Instant) throws -> Page<LogEntry> {
        try page("course_id = \(course)", request, at: now)
    }

    /// What was done to the courses of a name, newest first.
    func page(of courses: NamedCourses, _ request: PageRequest, at now: Instant) throws -> Page<LogEntry> {
        try page(courses.filter, request, at: now)
    }

    /// Whether anything is known of the courses of a name.
    func has(_ courses: NamedCourses) throws -> Bool {
        try connection.row("SELECT 1 AS found FROM audit WHERE (\(courses.filter))\(within) LIMIT 1") != nil
    }

    /// The newest rows of all courses below an id, newest first.
    func rows(below id: AuditID, limit: Int, at now: Instant) throws -> [Row] {
        try connection.rows(
            """
            SELECT id, at, actor, via, action, course, subject FROM audit
            WHERE id < \(id) AND at >= \(try earliest(at: now))
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map(Self.decode)
    }

    private func page(_ filter: SQL, _ request: PageRequest, at now: Instant) throws -> Page<LogEntry> {
        try connection.page(
            request,
            """
            SELECT id, at, actor, via, action, course, subject FROM audit
            WHERE (\(filter))\(within) AND id < \(try Self.end(of: request)) AND at >= \(try earliest(at: now))
            ORDER BY id DESC LIMIT \(request.limit + 1)
            """,
            cursor: { Cursor($0) },
            decode: {
                let row = try Self.decode($0)
                return (row.entry, row.id, 200 + (row.entry.subject?.utf8.count ?? 0))
            })
    }

    private var within: SQL { Policy.within(cut, "course_id") }

    /// The id below which a page begins.
    private static func end(of request: PageRequest) throws -> AuditID {
        try request.after?.id(as: AuditID.self) ?? AuditID(rawValue: .max)
    }

    private static func decode(_ row: LMSDatabase.Row) throws -> Row {
        Row(
            id: try row["id"],
            entry: LogEntry(
                at: try row["at"], actor: try row["actor"], via: try row["via"],
                action: try row["action"], course: try row["course"], subject: try row["subject"]))
    }

    // MARK: - For how long

    /// How long an entry is kept: the standard time also where the stored one is out of range.
    func retention() throws -> Lifetime {
        let stored: Lifetime? = try connection.value(
            "SELECT value FROM setting WHERE name = 'log_retention'")
        guard let stored, LogRetention.limits.contains(stored.seconds) else { return LogRetention.standard }
        return stored
    }

    func setRetention(_ retention: Lifetime) throws {
        try connection.execute("DELETE FROM setting WHERE name = 'log_retention'")
        try connection.execute("INSERT INTO setting (name, value) VALUES ('log_retention', \(retention))")
    }

    /// Deletes some of the oldest entries that are too old: up to 64 with each sixteenth new one. So the log shrinks to its
    /// bound, and no act takes long.
    func forgetExpired(after newest: AuditID?, at now: Instant) throws {
        guard let newest, newest.rawValue % 16 == 0 else { return }
        try connection.execute(
            """
            DELETE FROM audit
            WHERE id IN (SELECT id FROM audit ORDER BY id LIMIT 64) AND at < \(try earliest(at: now))
            """)
    }

    /// Deletes every entry that is too old.
    ///
    /// - Returns: How many there were.
    func forgetAllExpired(at now: Instant) throws -> Int {
        try connection.execute("DELETE FROM audit WHERE at < \(try earliest(at: now))")
    }

    /// The moment before which nothing is shown any more.
    func earliest(at now: Instant) throws -> Instant {
        now - (try retention())
    }
}
