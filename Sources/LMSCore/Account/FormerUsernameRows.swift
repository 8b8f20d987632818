internal import LMSDatabase
internal import LMSText

/// The `former_username` table: usernames that their holders gave up, folded.
///
/// For a while such a name goes to nobody else, and who names it is told the new one: a file of last month, or a person who signs in,
/// means the person who had it. A row that is older says nothing any more; it goes with its user, or when the name is given up again.
struct FormerUsernameRows {
    let connection: any Connection
    let now: Instant

    private static let reservation = Lifetime.days(365)

    private var earliest: Instant { now - Self.reservation }

    /// Who gave a name up lately.
    func holder(of username: Username) throws -> UserRows.Account? {
        guard username.isValid else { return nil }
        let id: UserID? = try connection.value(
            "SELECT user_id FROM former_username WHERE username = \(username.folded) AND given_up_at > \(earliest)")
        return try id.flatMap { try UserRows(connection: connection).find($0) }
    }

    /// - Throws: `LMSError` `conflict` where somebody else gave the name up lately.
    func requireFree(_ username: Username, for id: UserID? = nil) throws {
        guard let holder = try holder(of: username), holder.id != id else { return }
        throw LMSError.usernameTaken(username)
    }

    /// What those of the names are called now that were given up lately, by the former names.
    ///
    /// - Parameter names: Folded.
    func current(of names: some Collection<String>) throws -> [String: Username] {
        guard !names.isEmpty else { return [:] }
        return try read("AND former_username.username IN (\(list: Array(names)))")
    }

    /// The same of all names.
    func all() throws -> [String: Username] { try read("") }

    private func read(_ filter: SQL) throws -> [String: Username] {
        var current: [String: Username] = [:]
        try connection.forEach(
            """
            SELECT former_username.username AS former, users.username FROM former_username
            JOIN users ON users.id = former_username.user_id WHERE given_up_at > \(earliest) \(filter)
            """
        ) { row in
            current[try row["former"]] = try row["username"] as Username
            return true
        }
        return current
    }

    /// Notes that a user has another name from now on than this one.
    func giveUp(_ username: Username, of id: UserID) throws {
        try connection.execute("DELETE FROM former_username WHERE username = \(username.folded)")
        try connection.execute(
            "INSERT INTO former_username (username, user_id, given_up_at) VALUES (\(username.folded), \(id), \(now))")
    }

    /// Gives a user back a name of the user's own.
    func takeBack(_ username: Username, of id: UserID) throws {
        try connection.execute("DELETE FROM former_username WHERE username = \(username.folded) AND user_id = \(id)")
    }
}

extension FormerUsername {
    /// What is said where somebody names it.
    static func words(_ former: String, _ current: Username) -> String { "\(quoted(former)) is called '\(current)' now" }
}

extension Transaction {
    var formerUsernames: FormerUsernameRows { FormerUsernameRows(connection: connection, now: now) }
}

extension LMSError {
    static func usernameTaken(_ username: Username) -> LMSError {
        LMSError(.conflict, "the username '\(username)' is taken", hint: "Choose another one.")
    }
}
