/// Removes an account that owns no course and is in none.
package struct DeleteUser: OperatorUseCase {
    package var username: Username

    package init(username: Username) {
        self.username = username
    }

    package func perform(on service: LocalService) async throws -> Written<User> {
        try await service.writeUnsigned { transaction in
            let account = try transaction.account(username)
            try transaction.requireUninvolved(account, to: "delete the account")
            try UserRows(connection: transaction.connection).delete(account.id)
            try transaction.auditOperator(.delete, subject: account.username.rawValue)
            return transaction.written(account.user, .deleted)
        }
    }
}
