internal import LMSDatabase
internal import LMSText

/// The accounts of very many usernames, looked up with few statements.
struct AccountDirectory: Sendable {
    /// An account that was named.
    struct Entry: Sendable {
        let id: UserID
        let username: Username
        let role: Role
    }

    /// By the folded names.
    private var entries: [String: Entry] = [:]
    /// What those are called now whom a name does not name any more, by the folded names.
    private var current: [String: Username] = [:]
    /// How many names a statement asks for.
    private static let batch = 500

    /// - Parameter names: Some may be no valid usernames; these have no account.
    init(_ names: some Sequence<Username>, on connection: any Connection, at now: Instant) throws {
        // Only valid names: some letters outside of ASCII have a lower case that is in it.
        let folded = Set(names.lazy.filter(\.isValid).map(\.folded)).sorted()
        for start in stride(from: 0, to: folded.count, by: Self.batch) {
            let part = folded[start..<min(start + Self.batch, folded.count)]
            try connection.forEach(
                "SELECT id, username, role FROM users WHERE lower(username) IN (\(list: part))"
            ) { row in
                let username: Username = try row["username"]
                entries[username.folded] = Entry(id: try row["id"], username: username, role: try row["role"])
                return true
            }
            let missing = part.filter { entries[$0] == nil }
            current.merge(try FormerUsernameRows(connection: connection, now: now).current(of: missing)) { $1 }
        }
    }

    func find(_ username: Username) -> Entry? {
        username.isValid ? entries[username.folded] : nil
    }

    /// What is said of a name that somebody gave up; `nil` for any other that is missing.
    func renaming(of username: Username) -> String? {
        current[username.folded].map { FormerUsername.words(username.rawValue, $0) }
    }
}

extension Context {
    func directory(of names: some Sequence<Username>) throws -> AccountDirectory {
        try AccountDirectory(names, on: transaction.connection, at: now)
    }
}
