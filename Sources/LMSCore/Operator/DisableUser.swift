internal import LMSDatabase

/// Keeps a user out, and ends the user's sessions and tokens. What the user made stays.
package struct DisableUser: OperatorUseCase {
    package var username: Username

    package init(username: Username) {
        self.username = username
    }

    package func perform(on service: LocalService) async throws -> Written<User> {
        try await service.writeUnsigned { transaction in
            try transaction.setDisabled(true, username) { account in
                _ = try SessionRows(connection: transaction.connection).deleteAll(of: account.id, at: transaction.now)
            }
        }
    }
}
