internal import LMSDatabase
internal import LMSText

/// The row of a course's key.
struct EnrollmentKeyRow: Sendable {
    var key: EnrollmentKey
    /// Whether the key is the course's way in. One that sleeps is kept for the time when it will be again.
    var isAwake: Bool
    var isDisabled = false
    var expiresAt: Instant?
    /// How many may join with it; `nil`: as many as like.
    var useLimit: Int?
    /// How many joined with it.
    var uses = 0

    func state(at now: Instant) -> EnrollmentKeyState {
        if !isAwake { return .asleep }
        if isDisabled { return .disabled }
        if let expiresAt, expiresAt <= now { return .expired }
        if let useLimit, uses >= useLimit { return .usedUp }
        return .active
    }
}

/// The `course_key` table.
struct EnrollmentKeyRows {
    let connection: any Connection

    static let copied = CopiedTable(
        "course_key", "course_key", ["course_id", "key", "is_awake", "is_disabled", "expires_at", "use_limit", "uses"],
        by: "course_id", hasSequence: false)

    /// A key that somebody gave, with its course and the giver's own enrollment there.
    struct Match {
        let course: CourseID
        let row: EnrollmentKeyRow
        let enrollment: EnrollmentRow?
    }

    func find(of course: CourseID) throws -> EnrollmentKeyRow? {
        try connection.row(
            "SELECT key, is_awake, is_disabled, expires_at, use_limit, uses FROM course_key WHERE course_id = \(course)"
        ).map(Self.decode)
    }

    /// - Throws: `LMSError` `notFound` where the course never had a key.
    func required(of course: Course) throws -> EnrollmentKeyRow {
        guard let row = try find(of: course.id) else {
            throw LMSError(
                .notFound, "the course '\(course.code)' has no key",
                hint: "Make one with: lms course edit \(course.code) --enrollment key")
        }
        return row
    }

    /// The course of a key, whatever the key is good for. A text that is no key costs as much time as one that is nobody's.
    func match(_ key: EnrollmentKey, for student: UserID) throws -> Match? {
        try connection.row(
            """
            SELECT course_key.course_id, key, is_awake, is_disabled, expires_at, use_limit, uses,
                enrollment.id, enrollment.status, enrollment.date_entry
            FROM course_key LEFT JOIN enrollment
                ON enrollment.course_id = course_key.course_id AND enrollment.student_id = \(student)
            WHERE key = \(key.folded ?? "")
            """
        ).map { row in
            let id: EnrollmentID? = try row["id"]
            return Match(
                course: try row["course_id"], row: try Self.decode(row),
                enrollment: try id.map { _ in try EnrollmentRows.decode(row) })
        }
    }

    /// Whose key it is; `nil` where it is free.
    func holder(of key: EnrollmentKey) throws -> CourseID? {
        try connection.value("SELECT course_id FROM course_key WHERE key = \(key.folded ?? "")")
    }

    private static func decode(_ row: Row) throws -> EnrollmentKeyRow {
        let (isAwake, isDisabled): (Int64, Int64) = (try row["is_awake"], try row["is_disabled"])
        return EnrollmentKeyRow(
            key: EnrollmentKey(stored: try row["key"]), isAwake: isAwake != 0, isDisabled: isDisabled != 0,
            expiresAt: try row["expires_at"], useLimit: try row["use_limit"], uses: try row["uses"])
    }

    /// Makes the key the course's way in: the one that it has, or a new one.
    func wake(of course: CourseID) throws {
        let woken = try connection.execute("UPDATE course_key SET is_awake = 1 WHERE course_id = \(course)")
        if woken == 0 { try put(EnrollmentKeyRow(key: try free(), isAwake: true), of: course) }
    }

    /// The course has another way in. Its key is kept.
    func sleep(of course: CourseID) throws {
        try connection.execute("UPDATE course_key SET is_awake = 0 WHERE course_id = \(course)")
    }

    /// A key that no course has.
    func free() throws -> EnrollmentKey {
        for _ in 0..<Self.tries {
            let key = EnrollmentKey.random()
            if try holder(of: key) == nil { return key }
        }
        throw DatabaseError(.internal, "no key was free")
    }

    /// Of so many keys nobody has found all taken.
    private static let tries = 20

    /// Gives a course this key, which no other has.
    func put(_ row: EnrollmentKeyRow, of course: CourseID) throws {
        let (isAwake, isDisabled): (Int64, Int64) = (row.isAwake ? 1 : 0, row.isDisabled ? 1 : 0)
        try connection.execute(
            """
            INSERT INTO course_key (course_id, key, is_awake, is_disabled, expires_at, use_limit, uses)
            VALUES (\(course), \(row.key.folded ?? ""), \(isAwake), \(isDisabled), \(row.expiresAt), \(row.useLimit), \(row.uses))
            ON CONFLICT (course_id) DO UPDATE SET key = excluded.key, is_awake = excluded.is_awake,
                is_disabled = excluded.is_disabled, expires_at = excluded.expires_at, use_limit = excluded.use_limit,
                uses = excluded.uses
            """)
    }

    /// Counts one who joined.
    func countUse(of course: CourseID) throws {
        try connection.execute("UPDATE course_key SET uses = uses + 1 WHERE course_id = \(course)")
    }
}

extension Context {
    var enrollmentKeys: EnrollmentKeyRows { EnrollmentKeyRows(connection: connection) }
}
