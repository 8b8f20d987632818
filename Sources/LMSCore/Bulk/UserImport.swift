internal import LMSDatabase

/// Writes the rows of `users.csv`.
final class UserImport: RowImport {
    private let attempt: ImportAttempt
    private let find: any Statement
    private let insert: any Statement
    private var written: WrittenRows

    init(_ attempt: ImportAttempt) throws {
        self.attempt = attempt
        find = try attempt.connection.prepare(
            "SELECT id, role, disabled_at, password FROM users WHERE lower(username) = $1")
        insert = try attempt.connection.prepare(
            """
            INSERT INTO users (username, password, role, created_at, disabled_at) VALUES ($1, $2, $3, $4, $5)
            """)
        written = try WrittenRows("SELECT max(id) FROM users", on: attempt.connection)
        insert.bind(attempt.transaction.now.seconds, at: 4)
    }

    /// The cells of a row.
    private struct User {
        let username: Username
        let role: Role
        let isDisabled: Bool
        let secret: Secret
    }

    private enum Secret {
        case none
        /// Which is to be hashed, or is.
        case password
        case hash(PasswordHash)

        var isGiven: Bool {
            if case .none = self { false } else { true }
        }
    }

    /// What is there already.
    private struct Account {
        let id: Int64
        let role: Role?
        let isDisabled: Bool
        let password: String
    }

    func write(_ reader: BulkReader) throws -> RowOutcome? {
        guard let user = try decode(reader) else {
            attempt.blame(.users, reader.text(.username))
            return nil
        }
        find.bind(user.username.folded, at: 1)
        let account = try find.first { row in
            Account(
                id: row.integer(at: 0), role: Role(rawValue: row.text(at: 1)), isDisabled: !row.isNull(at: 2),
                password: row.text(at: 3))
        }
        if let account { return try merge(user, account, reader) }
        try create(user, reader)
        return .created
    }

    private func decode(_ reader: BulkReader) throws -> User? {
        let username = try attempt.check(.username, reader) { try Username(reader.text(.username)).checked() }
        let role = try attempt.check(.role, reader) {
            guard let role = Role(rawValue: reader.text(.role)) else {
                throw LMSError(
                    .invalid, "\(quoted(reader.text(.role))) is no role",
                    hint: "A role is teacher or student.")
            }
            return role
        }
        let isDisabled = try attempt.check(.disabled, reader) {
            let text = reader.text(.disabled)
            guard text.isEmpty || text == "yes" else {
                throw LMSError(
                    .invalid, "\(quoted(text)) says nothing about disabled",
                    hint: "disabled is yes, or empty for an account that is not.")
            }
            return !text.isEmpty
        }
        let secret = try decodeSecret(reader, of: username)
        guard let username, let role, let isDisabled, let secret else { return nil }
        return User(username: username, role: role, isDisabled: isDisabled, secret: secret)
    }

    private func decodeSecret(_ reader: BulkReader, of username: Username?) throws -> Secret? {
        let hash = reader.bytes(.passwordHash)
        let password = reader.bytes(.password)
        if hash.isEmpty {
            guard !password.isEmpty, let username else { return Secret.none }
            return try attempt.check(.password, reader) {
                try Self.requireNoBlankEnds(password)
                _ = try Password(password.text).checked(for: username)
                return .password
            }
        }
        return try attempt.check(.passwordHash, reader) {
            try Self.requireNoBlankEnds(hash)
            guard password.isEmpty else {
                throw LMSError(.invalid, "there is a password too: give only one of them")
            }
            guard hash.count <= 255, let stored = PasswordHash(phc: hash.text) else {
                throw LMSError(.invalid, "this is no $argon2id$ hash that lms accepts")
            }
            return .hash(stored)
        }
    }

    /// A spreadsheet does not show a blank at the end of a cell: as a part of a password it would lock its owner out.
    private static func requireNoBlankEnds(_ secret: UnsafeBufferPointer<UInt8>) throws {
        guard !secret.hasBlankEnds else {
            throw LMSError(
                .invalid, "this password begins or ends with a blank, or with a character that nobody sees",
                hint: "Passwords are taken as they stand: take the blanks at the ends of the cells away.")
        }
    }

    private func create(_ user: User, _ reader: BulkReader) throws {
        insert.bind(user.username.rawValue, at: 1)
        if let hash = try hash(user.secret, reader) {
            insert.bind(hash.phc, at: 2)
        } else {
            insert.bindNull(at: 2)
        }
        insert.bind(user.role.rawValue, at: 3)
        if user.isDisabled {
            insert.bind(attempt.transaction.now.seconds, at: 5)
        } else {
            insert.bindNull(at: 5)
        }
        let id = try insert.insert() ?? 0
        attempt.users.put(reader.bytes(.username), id, user.role)
    }

    /// The hash to store; none yet where the row's password is still to be hashed.
    private func hash(_ secret: Secret, _ reader: BulkReader) throws -> PasswordHash? {
        switch secret {
        case .none: return nil
        case .hash(let hash): return hash
        case .password:
            if let hash = attempt.hashes.hash(ofRow: reader.number) { return hash }
            attempt.missingHashes.append(Int32(clamping: reader.number))
            return nil
        }
    }

    // MARK: - A user who is there already

    private func merge(_ user: User, _ account: Account, _ reader: BulkReader) throws -> RowOutcome? {
        var isChanged = false
        let differing: BulkColumn? =
            account.role != user.role
            ? .role : reader.has(.disabled) && account.isDisabled != user.isDisabled ? .disabled : nil
        if let differing {
            switch attempt.decide(account.id, user.username.rawValue, differing, reader, &written) {
            case .refuse: return nil
            case .skip: return .skipped
            case .update:
                guard try update(user, account, reader) else { return nil }
                isChanged = true
            }
        }
        if attempt.resetsPasswords, user.secret.isGiven, !written.isNew(account.id) {
            if try reset(user, account, reader) { isChanged = true }
        }
        return isChanged ? .updated : .unchanged
    }

    /// - Returns: Whether it could be done.
    private func update(_ user: User, _ account: Account, _ reader: BulkReader) throws -> Bool {
        let rows = UserRows(connection: attempt.connection)
        let id = UserID(rawValue: account.id)
        if account.role != user.role {
            let isDone: Void? = try attempt.check(.role, reader) {
                let stored = try attempt.transaction.account(user.username)
                try attempt.transaction.requireUninvolved(stored, to: "change the role")
                try rows.setRole(user.role, of: id)
                attempt.users.put(reader.bytes(.username), account.id, user.role)
            }
            guard isDone != nil else { return false }
        }
        if reader.has(.disabled), account.isDisabled != user.isDisabled {
            try rows.setDisabled(user.isDisabled ? attempt.transaction.now : nil, of: id)
            if user.isDisabled { try endSessions(of: id) }
        }
        return true
    }

    /// - Returns: Whether the password is another one now.
    private func reset(_ user: User, _ account: Account, _ reader: BulkReader) throws -> Bool {
        if case .hash(let hash) = user.secret, hash.phc.isIdentical(to: account.password) { return false }
        let id = UserID(rawValue: account.id)
        if let hash = try hash(user.secret, reader) {
            _ = try UserRows(connection: attempt.connection).setPassword(hash, of: id, replacing: nil)
        }
        try endSessions(of: id)
        return true
    }

    private func endSessions(of id: UserID) throws {
        _ = try SessionRows(connection: attempt.connection).deleteAll(of: id, at: attempt.transaction.now)
    }
}
