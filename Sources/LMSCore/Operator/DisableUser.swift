internal import LMSDatabase

/// Keeps a user out, or lets the user in again. What the user made stays.
package struct DisableUser: OperatorUseCase {
    package var username: Username
    package var disabled: Bool

    package init(username: Username, disabled: Bool = true) {
        self.username = username
        self.disabled = disabled
    }

    package func perform(on service: LocalService) async throws -> Written<User> {
        try await service.writeUnsigned { transaction in
            let account = try transaction.account(username)
            if account.isDisabled == disabled { return transaction.written(account.user, .unchanged) }
            let users = UserRows(connection: transaction.connection)
            try users.setDisabled(disabled ? transaction.now : nil, of: account.id)
            if disabled {
                _ = try SessionRows(connection: transaction.connection)
                    .deleteAll(of: account.id, at: transaction.now)
            }
            try transaction.auditOperator(
                disabled ? .disable : .enable, subject: account.username.rawValue)
            return transaction.written(account.user, .updated)
        }
    }
}
