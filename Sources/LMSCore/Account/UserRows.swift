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
        "SELECT username, role, password AS password_hash, disabled_at, name, number FROM users ORDER BY id"

    /// What an account is read from.
    static let columns: SQL = "id, username, role, password, disabled_at, name, name_is_given, number"

    struct Account: Sendable {
        let id: UserID
        let username: Username
        let role: Role
        /// None where the account is locked, or what is stored is not a hash that we accept.
        let password: PasswordHash?
        let isDisabled: Bool
        let details: PersonDetails
        /// Whether the operator gave the name: then nobody else changes it.
        let isNameGiven: Bool

        var user: User { User(id: id, username: username, role: role) }

        var state: AccountState { isDisabled ? .disabled : password == nil ? .locked : .active }
    }

    /// Finds nobody for a text that cannot be a username: some letters outside ASCII fold into it.
    func find(_ username: Username) throws -> Account? {
        guard username.isValid else { return nil }
        return try connection.row(
            """
            SELECT \(Self.columns) FROM users WHERE lower(username) = \(username.folded)
            """
        ).map(Self.decode)
    }

    func find(_ id: UserID) throws -> Account? {
        try connection.row(
            "SELECT \(Self.columns) FROM users WHERE id = \(id)"
        ).map(Self.decode)
    }

    func name(of id: UserID) throws -> PersonName? {
        try connection.value("SELECT name FROM users WHERE id = \(id)")
    }

    /// Who has a number.
    func holder(of number: PersonNumber) throws -> Account? {
        try connection.row(
            // The index is of numbers that there are.
            "SELECT \(Self.columns) FROM users WHERE lower(number) = \(number.folded) AND number IS NOT NULL"
        ).map(Self.decode)
    }

    /// - Returns: The new id; `nil` where the name is taken.
    func insert(_ user: UserValues, at now: Instant) throws -> UserID? {
        try connection.insert(
            """
            INSERT INTO users (username, password, role, created_at, disabled_at, name, number)
            VALUES (\(user.username), \(user.password), \(user.role), \(now), \(user.isDisabled ? now : nil),
                \(user.details.name), \(user.details.number))
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

    /// The name must be free.
    func setUsername(_ username: Username, of id: UserID) throws {
        try connection.execute("UPDATE users SET username = \(username) WHERE id = \(id)")
    }

    func setRole(_ role: Role, of id: UserID) throws {
        try connection.execute("UPDATE users SET role = \(role) WHERE id = \(id)")
    }

    func setDisabled(_ instant: Instant?, of id: UserID) throws {
        try connection.execute("UPDATE users SET disabled_at = \(instant) WHERE id = \(id)")
    }

    /// - Parameter isNameGiven: Whether the operator gave the name.
    func setDetails(_ details: PersonDetails, isNameGiven: Bool, of id: UserID) throws {
        try connection.execute(
            """
            UPDATE users SET name = \(details.name), name_is_given = \(isNameGiven ? 1 : 0), number = \(details.number)
            WHERE id = \(id)
            """)
    }

    func delete(_ id: UserID) throws {
        try connection.execute("DELETE FROM login_session WHERE user_id = \(id)")
        try connection.execute("DELETE FROM users WHERE id = \(id)")
    }

    /// - Parameter search: Whom to find; everybody where nothing is said.
    func page(_ request: PageRequest, _ search: PersonSearch?) throws -> Page<ListedUser> {
        let after = try request.lastID
        guard var search else {
            return try connection.page(
                request,
                """
                SELECT \(Self.columns), created_at FROM users
                WHERE id > \(after) ORDER BY id LIMIT \(request.limit + 1)
                """, cursor: { Cursor($0) }, decode: Self.listed)
        }
        return try connection.page(
            request, among: "SELECT \(Self.columns), created_at FROM users WHERE id > \(after) ORDER BY id",
            cursor: { Cursor($0) },
            decode: { row in
                let listed = try Self.listed(row)
                return search.finds(listed.item.username, listed.item.details) ? listed : nil
            })
    }

    /// An account as the operator sees it.
    func listed(_ id: UserID) throws -> ListedUser? {
        try connection.row("SELECT \(Self.columns), created_at FROM users WHERE id = \(id)").map { try Self.listed($0).item }
    }

    private static func listed(_ row: Row) throws -> (item: ListedUser, key: UserID, size: Int) {
        let account = try decode(row)
        let user = ListedUser(
            id: account.id, username: account.username, role: account.role, createdAt: try row["created_at"],
            disabledAt: try row["disabled_at"], state: account.state, details: account.details)
        return (user, user.id, 100)
    }

    static func decode(_ row: Row) throws -> Account {
        let disabledAt: Instant? = try row["disabled_at"]
        let password: String? = try row["password"]
        let isNameGiven: Int = try row["name_is_given"]
        return Account(
            id: try row["id"], username: try row["username"], role: try row["role"],
            password: password.flatMap(PasswordHash.init(phc:)), isDisabled: disabledAt != nil,
            details: try PersonDetails(row), isNameGiven: isNameGiven != 0)
    }
}

/// What the row of a user holds besides its id and when it was made.
struct UserValues: Sendable {
    var username: Username
    var role: Role
    /// None where the account is locked: nobody can sign in.
    var password: PasswordHash?
    var isDisabled = false
    var details = PersonDetails()
}
