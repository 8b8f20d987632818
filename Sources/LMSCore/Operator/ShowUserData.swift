internal import LMSDatabase

/// Shows all that is held of a person.
package struct ShowUserData: OperatorUseCase {
    package var username: Username

    package init(username: Username) {
        self.username = username
    }

    package func perform(on service: LocalService) async throws -> PersonalData {
        try await service.readUnsigned { transaction in
            let account = try transaction.account(username)
            return try PersonalRows(connection: transaction.connection).data(of: account.id, at: transaction.now)
        }
    }
}
