internal import LMSDatabase
internal import LMSText

/// The `login_session` table.
struct SessionRows {
    let connection: any Connection

    static let copied = CopiedTable(
        "login_session", "login_session",
        [
            "id", "user_id", "token_hash", "label", "created_at", "expires_at", "last_used_at", "idle_limit", "reads_only",
            "is_cut",
        ])

    static let copiedCourses = CopiedTable(
        "token_course", "token_course", ["session_id", "course_id"], by: "session_id, course_id", hasSequence: false)

    /// Who holds a token, if it is alive and its user is not disabled.
    func principal(_ hash: TokenHash, at now: Instant) throws -> Principal? {
        guard
            let row = try connection.row(
                """
                SELECT login_session.id, login_session.user_id, users.username, users.role,
                    login_session.expires_at, NULLIF(login_session.last_used_at, 0) AS last_used_at,
                    login_session.reads_only, login_session.is_cut
                FROM login_session JOIN users ON users.id = login_session.user_id
                WHERE login_session.token_hash = \(hash) AND users.disabled_at IS NULL
                    AND \(Self.isAlive(at: now))
                """)
        else { return nil }
        let session: SessionID = try row["id"]
        let isReadOnly: Int = try row["reads_only"]
        let isCut: Int = try row["is_cut"]
        return Principal(
            id: try row["user_id"], username: try row["username"], role: try row["role"],
            session: session, expiresAt: try row["expires_at"], lastUsedAt: try row["last_used_at"],
            limits: TokenLimits(isReadOnly: isReadOnly != 0, cut: isCut != 0 ? session : nil))
    }

    /// - Parameter idleLimit: None for a token, which nobody has used yet: its `last_used_at` is 0. Signing in is
    ///   a use.
    func insert(
        _ hash: TokenHash, of user: UserID, label: String, at now: Instant, lifetime: Lifetime,
        idleLimit: Lifetime?, isReadOnly: Bool = false, courses: [CourseID]? = nil
    ) throws -> SessionID {
        let id = try connection.insert(
            """
            INSERT INTO login_session (user_id, token_hash, label, created_at, expires_at, last_used_at, idle_limit, reads_only, is_cut)
            VALUES (\(user), \(hash), \(label), \(now), \(now + lifetime), \(idleLimit == nil ? Instant(seconds: 0) : now),
                \(idleLimit), \(isReadOnly ? 1 : 0), \(courses == nil ? 0 : 1))
            """)
        guard let id else { throw DatabaseError(.internal, "INSERT gave no id") }
        for course in courses ?? [] {
            try connection.execute("INSERT INTO token_course (session_id, course_id) VALUES (\(id), \(course))")
        }
        return SessionID(rawValue: id)
    }

    /// What a token may do less than its owner, in words that are shown.
    func scope(of id: SessionID, isReadOnly: Bool, isCut: Bool) throws -> TokenScope {
        guard isCut else { return TokenScope(isReadOnly: isReadOnly, courses: nil) }
        let codes = try connection.rows(
            """
            SELECT course.code FROM token_course JOIN course ON course.id = token_course.course_id
            WHERE token_course.session_id = \(id) ORDER BY lower(course.code)
            """)
        return TokenScope(isReadOnly: isReadOnly, courses: try codes.map { try $0["code"] })
    }

    func touch(_ id: SessionID, at now: Instant) throws {
        try connection.execute("UPDATE login_session SET last_used_at = \(now) WHERE id = \(id)")
    }

    /// How many sign-ins and how many tokens ended.
    struct Ended {
        let sessions: Int
        let tokens: Int
    }

    func delete(_ id: SessionID, of user: UserID) throws -> Ended {
        try delete("id = \(id) AND user_id = \(user)")
    }

    /// Ends a user's sessions.
    ///
    /// - Returns: How many were alive.
    func deleteAll(of user: UserID, except kept: SessionID? = nil, at now: Instant) throws -> Ended {
        try deleteDead(of: user, at: now)
        let others: SQL = kept.map { "AND id <> \($0)" } ?? ""
        return try delete("user_id = \(user) \(others)")
    }

    /// A token is what may lie idle.
    private func delete(_ filter: SQL) throws -> Ended {
        let tokens = try connection.execute("DELETE FROM login_session WHERE \(filter) AND idle_limit IS NULL")
        return Ended(sessions: try connection.execute("DELETE FROM login_session WHERE \(filter)"), tokens: tokens)
    }

    /// Removes what no longer lets anybody in.
    func deleteDead(of user: UserID, at now: Instant) throws {
        try connection.execute(
            """
            DELETE FROM login_session WHERE user_id = \(user)
                AND NOT (\(Self.isAlive(at: now)))
            """)
    }

    func find(_ id: SessionID, of user: UserID, at now: Instant) throws -> Session? {
        try connection.row(
            """
            SELECT id, label, created_at, expires_at, NULLIF(last_used_at, 0) AS last_used_at, reads_only, is_cut FROM login_session
            WHERE id = \(id) AND user_id = \(user) AND \(Self.isAlive(at: now))
            """
        ).map(decode)
    }

    /// All that are alive.
    func all(of user: UserID, at now: Instant) throws -> [Session] {
        try connection.rows(
            """
            SELECT id, label, created_at, expires_at, NULLIF(last_used_at, 0) AS last_used_at, reads_only, is_cut FROM login_session
            WHERE user_id = \(user) AND \(Self.isAlive(at: now)) ORDER BY id
            """
        ).map(decode)
    }

    func page(of user: UserID, _ request: PageRequest, at now: Instant) throws -> Page<Session> {
        let after = try request.lastID
        return try connection.page(
            request,
            """
            SELECT id, label, created_at, expires_at, NULLIF(last_used_at, 0) AS last_used_at, reads_only, is_cut FROM login_session
            WHERE user_id = \(user) AND id > \(after) AND \(Self.isAlive(at: now))
            ORDER BY id LIMIT \(request.limit + 1)
            """,
            cursor: { Cursor($0) },
            decode: { row in
                let session = try decode(row)
                return (session, session.id, session.label.utf8.count + 100 + 50 * (session.scope.courses?.count ?? 0))
            })
    }

    /// Whether a row of `login_session` lets somebody in. Numbers that were planted are never added up: a sum that does not fit
    /// is an error on PostgreSQL.
    private static func isAlive(at now: Instant) -> SQL {
        let longest = SessionRules.longestIdleLimit.seconds
        return """
            login_session.expires_at > \(now) AND CASE
                WHEN login_session.idle_limit IS NULL OR login_session.last_used_at > \(now) THEN TRUE
                WHEN login_session.idle_limit NOT BETWEEN 0 AND \(longest)
                    OR login_session.last_used_at < \(now - SessionRules.longestIdleLimit) THEN FALSE
                ELSE login_session.last_used_at + login_session.idle_limit > \(now) END
            """
    }

    private func decode(_ row: Row) throws -> Session {
        let id: SessionID = try row["id"]
        let isReadOnly: Int = try row["reads_only"]
        let isCut: Int = try row["is_cut"]
        return Session(
            id: id, label: try row["label"], createdAt: try row["created_at"], expiresAt: try row["expires_at"],
            lastUsedAt: try row["last_used_at"],
            scope: try scope(of: id, isReadOnly: isReadOnly != 0, isCut: isCut != 0))
    }
}
