internal import LMSDatabase

/// Who has which of very many names, looked up at once.
struct AccountDirectory: Sendable {
    /// An account that was named.
    struct Entry: Sendable {
        let id: UserID
        let username: Username
        let role: Role
    }

    /// By the folded names.
    private var entries: [String: Entry] = [:]
    /// How many names a statement asks for.
    private static let batch = 500

    /// - Parameter names: Some may be none that an account can have.
    init(_ names: some Sequence<Username>, on connection: any Connection) throws {
        // Some letters outside ASCII fold into a name that is one.
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
        }
    }

    func find(_ username: Username) -> Entry? {
        username.isValid ? entries[username.folded] : nil
    }
}

extension Context {
    func directory(of names: some Sequence<Username>) throws -> AccountDirectory {
        try AccountDirectory(names, on: transaction.connection)
    }
}
