internal import LMSDatabase

/// Gives a user a new password, and ends all of the user's sessions.
package struct SetPassword: OperatorUseCase {
    package var username: Username
    package var password: Password

    package init(username: Username, password: Password) {
        self.username = username
        self.password = password
    }

    package func perform(on service: LocalService) async throws -> Written<EndedSessions> {
        let account = try await service.readUnsigned { try $0.account(username) }
        let hash = try await service.hasher.hash(try password.checked(for: account.username))
        return try await service.writeUnsigned { transaction in
            let account = try transaction.account(username)
            let connection = transaction.connection
            _ = try UserRows(connection: connection).setPassword(hash, of: account.id, replacing: nil)
            let count = try SessionRows(connection: connection).deleteAll(
                of: account.id, at: transaction.now)
            return transaction.written(
                EndedSessions(username: account.username, sessions: count), .updated)
        }
    }
}

extension Transaction {
    /// - Throws: `LMSError` `notFound`.
    func account(_ username: Username) throws -> UserRows.Account {
        guard let account = try UserRows(connection: connection).find(username) else {
            throw LMSError(
                .notFound, "there is no user \(quoted(username.rawValue))",
                hint: "See who there is with: lms user list")
        }
        return account
    }

    /// - Throws: `LMSError` `conflict` where the user owns courses or is in one.
    func requireUninvolved(_ account: UserRows.Account, to act: String) throws {
        let owned: Int =
            try connection.value(
                "SELECT count(*) FROM course WHERE teacher_id = \(account.id)") ?? 0
        guard owned == 0 else {
            throw LMSError(
                .conflict, "'\(account.username)' owns \(counted(owned, "course")), so you cannot \(act)",
                hint: "Hand the courses over first, with: lms user transfer \(account.username) TO")
        }
        let followed: Int =
            try connection.value(
                "SELECT count(*) FROM enrollment WHERE student_id = \(account.id)") ?? 0
        guard followed == 0 else {
            throw LMSError(
                .conflict, "'\(account.username)' is in \(counted(followed, "course")), so you cannot \(act)",
                hint: "First, the student leaves, or the teachers take the student off their rosters.")
        }
    }
}

/// `1 course`, `3 courses`.
package func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
