internal import LMSDatabase
internal import LMSText

/// Writes the rows of `users.csv`.
final class UserImport: RowImport {
    private let attempt: ImportAttempt
    private let users: UserStatements
    private var written: WrittenRows

    init(_ attempt: ImportAttempt) {
        self.attempt = attempt
        users = attempt.users.statements
        written = WrittenRows(above: users.highestID)
    }

    func flush() throws {
        try users.flush()
    }

    func beginBlock() {
        users.beginBlock()
    }

    func expect(_ reader: BulkReader) {
        let username = Username(reader.text(.username))
        if username.isValid { users.expect(username) }
        let number = PersonNumber(reader.text(.number))
        if number.isValid { users.expect(number) }
    }

    func lookUp() throws {
        try users.lookUp()
    }

    /// The cells of a row.
    private struct Cells {
        let username: Username
        let role: Role
        let isDisabled: Bool
        let secret: Secret
        let details: PersonDetails
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

    func write(_ reader: BulkReader) throws -> RowOutcome? {
        guard let user = try decode(reader) else {
            attempt.blame(.users, reader.text(.username))
            return nil
        }
        let account = try users.find(user.username)
        if let account { return try merge(user, account, reader) }
        return try create(user, reader) ? .created : nil
    }

    private func decode(_ reader: BulkReader) throws -> Cells? {
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
        let name = try attempt.check(.name, reader) { try PersonName(reader.text(.name)).checked() }
        let number = try attempt.check(.number, reader) { try PersonNumber(reader.text(.number)).checked() }
        guard let username, let role, let isDisabled, let secret, let name, let number else { return nil }
        return Cells(
            username: username, role: role, isDisabled: isDisabled, secret: secret,
            details: PersonDetails(name: name, number: number))
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

    /// - Returns: Whether it could be done.
    private func create(_ user: Cells, _ reader: BulkReader) throws -> Bool {
        if let renaming = attempt.renaming(of: user.username.rawValue) {
            attempt.problems.add(
                reader.problem(.username, renaming), .conflict, hint: "A username that was given up goes to nobody else for a year."
            )
            attempt.blame(.users, reader.text(.username))
            return false
        }
        guard try isFree(user.details.number, for: nil, reader) else {
            attempt.blame(.users, reader.text(.username))
            return false
        }
        let values = UserValues(
            username: user.username, role: user.role, password: try hash(user.secret, reader),
            isDisabled: user.isDisabled, details: user.details)
        let id = try users.insert(values, at: attempt.transaction.now)
        attempt.users.put(reader.bytes(.username), id, user.role)
        return true
    }

    /// Whether nobody else has a number, which is noted otherwise.
    private func isFree(_ number: PersonNumber?, for id: UserID?, _ reader: BulkReader) throws -> Bool {
        guard let number, let holder = try users.holder(of: number), holder.id != id else { return true }
        return try attempt.check(.number, reader) { throw LMSError.numberTaken(by: holder.username) } ?? false
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

    private func merge(_ user: Cells, _ account: UserRows.Account, _ reader: BulkReader) throws -> RowOutcome? {
        var isChanged = false
        if let differing = Self.difference(user, account, reader) {
            switch attempt.decide(account.id.rawValue, user.username.rawValue, differing, reader, &written) {
            case .refuse: return nil
            case .skip: return .skipped
            case .update:
                guard try update(user, account, reader) else { return nil }
                isChanged = true
            }
        } else if attempt.onConflict == .update, user.details.name != nil, !account.isNameGiven {
            // The operator gives the name that the user has chosen.
            try setDetails(user, account, reader)
            isChanged = true
        }
        if attempt.resetsPasswords, user.secret.isGiven, !written.isNew(account.id.rawValue) {
            if try reset(user, account, reader) { isChanged = true }
        }
        return isChanged ? .updated : .unchanged
    }

    /// The first column that says something else than what is stored. What a row does not say is not compared.
    private static func difference(_ user: Cells, _ account: UserRows.Account, _ reader: BulkReader) -> BulkColumn? {
        if account.role != user.role { return .role }
        if reader.has(.disabled), account.isDisabled != user.isDisabled { return .disabled }
        if saysName(user, account, reader), account.details.name != user.details.name { return .name }
        if reader.has(.number), account.details.number != user.details.number { return .number }
        return nil
    }

    /// Whether a row says what the person is called. An empty cell takes a name away that the operator gave, and none that the person
    /// chose: else any of them could make the import of the same file fail.
    private static func saysName(_ user: Cells, _ account: UserRows.Account, _ reader: BulkReader) -> Bool {
        reader.has(.name) && (user.details.name != nil || account.isNameGiven)
    }

    private func setDetails(_ user: Cells, _ account: UserRows.Account, _ reader: BulkReader) throws {
        var (details, isNameGiven) = (account.details, account.isNameGiven)
        if Self.saysName(user, account, reader) { (details.name, isNameGiven) = (user.details.name, user.details.name != nil) }
        if reader.has(.number) { details.number = user.details.number }
        if details == account.details, isNameGiven == account.isNameGiven { return }
        try UserRows(connection: attempt.connection).setDetails(details, isNameGiven: isNameGiven, of: account.id)
    }

    /// - Returns: Whether it could be done.
    private func update(_ user: Cells, _ account: UserRows.Account, _ reader: BulkReader) throws -> Bool {
        let rows = UserRows(connection: attempt.connection)
        guard try isFree(user.details.number, for: account.id, reader) else { return false }
        if account.role != user.role {
            let isDone: Void? = try attempt.check(.role, reader) {
                let stored = try attempt.transaction.account(user.username)
                try attempt.transaction.requireUninvolved(stored, to: "change the role")
                try rows.setRole(user.role, of: account.id)
                attempt.users.put(reader.bytes(.username), account.id, user.role)
            }
            guard isDone != nil else { return false }
        }
        if reader.has(.disabled), account.isDisabled != user.isDisabled {
            try rows.setDisabled(user.isDisabled ? attempt.transaction.now : nil, of: account.id)
            if user.isDisabled { try endSessions(of: account.id) }
        }
        try setDetails(user, account, reader)
        return true
    }

    /// - Returns: Whether the password is another one now.
    private func reset(_ user: Cells, _ account: UserRows.Account, _ reader: BulkReader) throws -> Bool {
        if case .hash(let hash) = user.secret, hash == account.password { return false }
        if let hash = try hash(user.secret, reader) {
            _ = try UserRows(connection: attempt.connection).setPassword(hash, of: account.id, replacing: nil)
        }
        try endSessions(of: account.id)
        return true
    }

    private func endSessions(of id: UserID) throws {
        _ = try SessionRows(connection: attempt.connection).deleteAll(of: id, at: attempt.transaction.now)
    }
}
