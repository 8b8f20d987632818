internal import LMSDatabase
internal import LMSText

/// The `users` table.
struct UserRows {
    let connection: any Connection

    static let copied = CopiedTable(
        "users", "users",
        ["id", "username", "password", "role", "created_at", "disabled_at", "name", "name_is_given", "number"])

    static let copiedFormerNames = CopiedTable(
        "former_username", "former_username", ["username", "user_id", "given_up_at"], by: "username", hasSequence: false)

    /// What an export writes, by the names of its columns, in the order in which an import gives new ids.
    static let exported: SQL =
        "SELECT username, role, password AS password_hash, disabled_at FROM users ORDER BY id"

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
    func insert(_ user: UserValues, at now: Instant) throws -> UserID? {
        try connection.insert(
            """
            INSERT INTO users (username, password, role, created_at, disabled_at)
            VALUES (\(user.username), \(user.password), \(user.role), \(now), \(user.isDisabled ? now : nil))
            ON CONFLICT DO NOTHING
            """
        ).map(UserID.init(rawValue:))
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
        try connection.execute("DELETE FROM login_session WHERE user_id = \(id)")
        try connection.execute("DELETE FROM users WHERE id = \(id)")
    }

    func page(_ request: PageRequest) throws -> Page<ListedUser> {
        let after = try request.lastID
        return try connection.page(
            request,
            """
            SELECT id, username, role, password, created_at, disabled_at FROM users
            WHERE id > \(after) ORDER BY id LIMIT \(request.limit + 1)
            """,
            cursor: { Cursor($0) },
            decode: { row in
                let user = ListedUser(
                    id: try row["id"], username: try row["username"], role: try row["role"],
                    createdAt: try row["created_at"], disabledAt: try row["disabled_at"],
                    state: try Self.decode(row).state)
                return (user, user.id, 100)
            })
    }

    static func decode(_ row: Row) throws -> Account {
        let disabledAt: Instant? = try row["disabled_at"]
        let password: String? = try row["password"]
        return Account(
            id: try row["id"], username: try row["username"], role: try row["role"],
            password: password.flatMap(PasswordHash.init(phc:)), isDisabled: disabledAt != nil)
    }
}

/// What the row of a user holds besides its id and when it was made.
struct UserValues: Sendable {
    var username: Username
    var role: Role
    /// None where the account is locked: nobody can sign in.
    var password: PasswordHash?
    var isDisabled = false
}
