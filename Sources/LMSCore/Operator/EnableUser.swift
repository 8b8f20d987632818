internal import LMSDatabase

/// Lets a user in again who was disabled.
package struct EnableUser: OperatorUseCase {
    package var username: Username

    package init(username: Username) {
        self.username = username
    }

    package func perform(on service: LocalService) async throws -> Written<User> {
        try await service.writeUnsigned { try $0.setDisabled(false, username) }
    }
}
