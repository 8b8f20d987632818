internal import LMSDatabase
internal import LMSText

/// The statements of an import, each prepared once for all its rows.
final class UserStatements {
    /// The highest id from before the import; 0 where there is none.
    let highestID: Int64
    private let connection: any Connection
    private let findRole: any Statement
    private let find: any Statement
    private let writer: any RowWriter
    /// What is known of a block's usernames and numbers, folded; `nil` for an engine that is asked row by row.
    private let block: BlockAnswers<String, UserRows.Account>?
    private let numbers: BlockAnswers<String, UserID>?

    init(_ connection: any Connection) throws {
        self.connection = connection
        findRole = try connection.prepare("SELECT id, role FROM users WHERE lower(username) = $1")
        find = try connection.prepare("SELECT \(UserRows.columns) FROM users WHERE lower(username) = $1")
        writer = try connection.writer(
            of: "users", ["username", "password", "role", "created_at", "disabled_at", "name", "name_is_given", "number"],
            ids: .drawn)
        highestID = try connection.value("SELECT max(id) FROM users") ?? 0
        block = connection.dialect.valueTable == nil ? nil : BlockAnswers()
        numbers = connection.dialect.valueTable == nil ? nil : BlockAnswers()
    }

    func role(of username: Username) throws -> (id: UserID, role: Role)? {
        findRole.bind(username.folded, at: 1)
        return try findRole.first { (UserID(rawValue: $0.integer(at: 0)), try $0.value(at: 1)) }
    }

    func find(_ username: Username) throws -> UserRows.Account? {
        switch block?[username.folded] {
        case .absent: return nil
        case .present(let account): return account
        case .unknown: try writer.flush()
        case nil: break
        }
        find.bind(username.folded, at: 1)
        return try find.first {
            UserRows.Account(
                id: UserID(rawValue: $0.integer(at: 0)), username: Username($0.text(at: 1)),
                role: try $0.value(at: 2), password: PasswordHash(phc: $0.text(at: 3)),
                isDisabled: !$0.isNull(at: 4),
                details: PersonDetails(
                    name: $0.isNull(at: 5) ? nil : PersonName($0.text(at: 5)),
                    number: $0.isNull(at: 7) ? nil : PersonNumber($0.text(at: 7))),
                isNameGiven: $0.integer(at: 6) != 0)
        }
    }

    /// Who has a number.
    func holder(of number: PersonNumber) throws -> UserRows.Account? {
        if let numbers {
            if case .absent = numbers[number.folded] { return nil }
            // An earlier row of the block may have given or taken it.
            try writer.flush()
        }
        return try UserRows(connection: connection).holder(of: number)
    }

    /// The username and the number must be free. The name counts as given by the operator.
    func insert(_ user: UserValues, at now: Instant) throws -> UserID {
        writer.bind(user.username.rawValue, at: 1)
        writer.bind(orNull: user.password?.phc, at: 2)
        writer.bind(user.role.rawValue, at: 3)
        writer.bind(now.seconds, at: 4)
        if user.isDisabled { writer.bind(now.seconds, at: 5) } else { writer.bindNull(at: 5) }
        writer.bind(orNull: user.details.name?.shown, at: 6)
        writer.bind(user.details.name == nil ? 0 : 1, at: 7)
        writer.bind(orNull: user.details.number?.shown, at: 8)
        guard let id = try writer.insert() else { throw DatabaseError(.internal, "INSERT gave no id") }
        return UserID(rawValue: id)
    }

    func flush() throws {
        try writer.flush()
    }

    // MARK: - Many at once

    /// The ids and roles of those of the users that are there.
    ///
    /// - Parameter names: Folded.
    func roles(of names: [String]) throws -> [(name: String, id: UserID, role: Role)] {
        guard !names.isEmpty, let asked = connection.dialect.valueTable?([.texts(names)]) else { return [] }
        return try connection.rows(
            """
            SELECT asked.name, found.id, found.role FROM \(asked) AS asked (name, number)
            CROSS JOIN LATERAL (SELECT id, role FROM users WHERE lower(username) = asked.name LIMIT 1) AS found
            """
        ).map { (try $0["name"], try $0["id"], try $0["role"]) }
    }

    func beginBlock() {
        block?.removeAll()
        numbers?.removeAll()
    }

    func expect(_ username: Username) {
        block?.expect(username.folded)
    }

    func expect(_ number: PersonNumber) {
        numbers?.expect(number.folded)
    }

    func lookUp() throws {
        try writer.flush()
        guard let names = block?.keys, !names.isEmpty, let asked = connection.dialect.valueTable?([.texts(names)]) else { return }
        try connection.forEach(
            """
            SELECT asked.place, found.* FROM \(asked) AS asked (name, place)
            CROSS JOIN LATERAL (
                SELECT \(UserRows.columns) FROM users WHERE lower(username) = asked.name LIMIT 1
            ) AS found
            """
        ) {
            block?.note(.present(try UserRows.decode($0)), of: try $0["place"])
            return true
        }
        try lookUpNumbers()
        try writer.drawIDs(for: block?.absentCount ?? 0)
    }

    private func lookUpNumbers() throws {
        guard let keys = numbers?.keys, !keys.isEmpty, let asked = connection.dialect.valueTable?([.texts(keys)]) else { return }
        try connection.forEach(
            """
            SELECT asked.place, found.id FROM \(asked) AS asked (number, place)
            CROSS JOIN LATERAL (
                SELECT id FROM users WHERE lower(number) = asked.number AND number IS NOT NULL LIMIT 1
            ) AS found
            """
        ) {
            numbers?.note(.present(try $0["id"]), of: try $0["place"])
            return true
        }
    }
}
