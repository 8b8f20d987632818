/// Makes a student a teacher, or a teacher a student.
package struct SetRole: OperatorUseCase {
    package var username: Username
    package var role: Role

    package init(username: Username, role: Role) {
        self.username = username
        self.role = role
    }

    package func perform(on service: LocalService) async throws -> Written<User> {
        try await service.writeUnsigned { transaction in
            let account = try transaction.account(username)
            let user = User(id: account.id, username: account.username, role: role)
            if account.role == role { return transaction.written(user, .unchanged) }
            try transaction.requireUninvolved(account, to: "change the role")
            try UserRows(connection: transaction.connection).setRole(role, of: account.id)
            try transaction.auditOperator(.setRole, subject: "\(account.username): \(role.rawValue)")
            return transaction.written(user, .updated)
        }
    }
}
