internal import LMSDatabase
internal import LMSText

/// The statements of an import, each prepared once for all its rows.
final class UserStatements {
    /// The highest id from before the import; 0 where there is none.
    let highestID: Int64
    private let findRole: any Statement
    private let find: any Statement
    private let insert: any Statement

    init(_ connection: any Connection) throws {
        findRole = try connection.prepare("SELECT id, role FROM users WHERE lower(username) = $1")
        find = try connection.prepare(
            "SELECT id, username, role, password, disabled_at FROM users WHERE lower(username) = $1")
        insert = try connection.prepare(
            """
            INSERT INTO users (username, password, role, created_at, disabled_at) VALUES ($1, $2, $3, $4, $5)
            """)
        highestID = try connection.value("SELECT max(id) FROM users") ?? 0
    }

    func role(of username: Username) throws -> (id: UserID, role: Role)? {
        findRole.bind(username.folded, at: 1)
        return try findRole.first { (UserID(rawValue: $0.integer(at: 0)), try $0.value(at: 1)) }
    }

    func find(_ username: Username) throws -> UserRows.Account? {
        find.bind(username.folded, at: 1)
        return try find.first {
            UserRows.Account(
                id: UserID(rawValue: $0.integer(at: 0)), username: Username($0.text(at: 1)),
                role: try $0.value(at: 2), password: PasswordHash(phc: $0.text(at: 3)),
                isDisabled: !$0.isNull(at: 4))
        }
    }

    /// The username must be free.
    func insert(_ user: UserValues, at now: Instant) throws -> UserID {
        insert.bind(user.username.rawValue, at: 1)
        insert.bind(orNull: user.password?.phc, at: 2)
        insert.bind(user.role.rawValue, at: 3)
        insert.bind(now.seconds, at: 4)
        if user.isDisabled { insert.bind(now.seconds, at: 5) } else { insert.bindNull(at: 5) }
        guard let id = try insert.insert() else { throw DatabaseError(.internal, "INSERT gave no id") }
        return UserID(rawValue: id)
    }
}
