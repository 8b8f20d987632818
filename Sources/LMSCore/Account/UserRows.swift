internal import LMSDatabase

/// The `users` table.
struct UserRows {
    let connection: any Connection

    struct Account: Sendable {
        let id: UserID
        let username: Username
        let role: Role
        /// None where the account is locked, or what is stored is not a hash that we accept.
        let password: PasswordHash?
        let isDisabled: Bool

        var user: User { User(id: id, username: username, role: role) }

        var state: AccountState { isDisabled ? .disabled : password == nil ? .locked : .active }
    }

    /// Finds nobody for a text that cannot be a username: some letters outside ASCII fold into it.
    func find(_ username: Username) throws -> Account? {
        guard username.isValid else { return nil }
        return try connection.row(
            """
            SELECT id, username, role, password, disabled_at FROM users
            WHERE lower(username) = \(username.folded)
            """
        ).map(Self.decode)
    }

    func find(_ id: UserID) throws -> Account? {
        try connection.row(
            "SELECT id, username, role, password, disabled_at FROM users WHERE id = \(id)"
        ).map(Self.decode)
    }

    /// - Returns: The new id; `nil` where the name is taken.
    func insert(_ username: Username, role: Role, password: PasswordHash?, at now: Instant) throws -> UserID?
    {
        try connection.value(
            """
            INSERT INTO users (username, password, role, created_at)
            VALUES (\(username), \(password), \(role), \(now))
            ON CONFLICT DO NOTHING
            RETURNING id
            """)
    }

    /// Replaces a password.
    ///
    /// - Parameter old: What must stand there still; `nil` for whatever does.
    /// - Returns: Whether it did.
    func setPassword(_ password: PasswordHash, of id: UserID, replacing old: PasswordHash?) throws -> Bool {
        if let old {
            return try connection.execute(
                "UPDATE users SET password = \(password) WHERE id = \(id) AND password = \(old)") == 1
        }
        return try connection.execute("UPDATE users SET password = \(password) WHERE id = \(id)") == 1
    }

    func setRole(_ role: Role, of id: UserID) throws {
        try connection.execute("UPDATE users SET role = \(role) WHERE id = \(id)")
    }

    func setDisabled(_ instant: Instant?, of id: UserID) throws {
        try connection.execute("UPDATE users SET disabled_at = \(instant) WHERE id = \(id)")
    }

    func delete(_ id: UserID) throws {
        try connection.execute("DELETE FROM session WHERE user_id = \(id)")
        try connection.execute("DELETE FROM users WHERE id = \(id)")
    }

    func page(_ request: PageRequest) throws -> Page<ListedUser> {
        let after = try request.after?.id(as: UserID.self) ?? UserID(rawValue: 0)
        return try connection.page(
            request,
            """
            SELECT id, username, role, password, created_at, disabled_at FROM users
            WHERE id > \(after) ORDER BY id LIMIT \(request.limit + 1)
            """,
            cursor: { Cursor($0.id) }, size: { _ in 100 },
            decode: { row in
                ListedUser(
                    id: try row["id"], username: try row["username"], role: try row["role"],
                    createdAt: try row["created_at"], disabledAt: try row["disabled_at"],
                    state: try Self.decode(row).state)
            })
    }

    private static func decode(_ row: Row) throws -> Account {
        let disabledAt: Instant? = try row["disabled_at"]
        let password: String? = try row["password"]
        return Account(
            id: try row["id"], username: try row["username"], role: try row["role"],
            password: password.flatMap(PasswordHash.init(phc:)), isDisabled: disabledAt != nil)
    }
}
