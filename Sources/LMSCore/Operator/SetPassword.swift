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
            let ended = try SessionRows(connection: connection).deleteAll(
                of: account.id, at: transaction.now)
            try transaction.auditOperator(.setPassword, subject: account.username.rawValue)
            return transaction.written(EndedSessions(username: account.username, ended), .updated)
        }
    }
}
