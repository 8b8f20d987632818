internal import LMSDatabase

/// Replaces one's own password, and ends every other session of one's own.
package struct ChangePassword: UseCase {
    package var current: Password
    package var new: Password

    package init(current: Password, new: Password) {
        self.current = current
        self.new = new
    }

    package func perform(on service: LocalService) async throws -> Written<EndedSessions> {
        let principal = try await service.read { $0.principal }
        do {
            return try await service.withVerifiedPassword(current, of: principal.username) { verified in
                try await change(verified, on: service)
            }
        } catch let error as LMSError where error.code == .wrongPassword {
            throw Self.wrongCurrent
        }
    }

    private func change(
        _ verified: VerifiedPassword, on service: LocalService
    ) async throws -> Written<EndedSessions> {
        let hash = try await service.hasher.hash(try new.checked(for: verified.account.username))
        return try await service.write { context in
            // Somebody may have changed it since it was verified.
            guard
                try context.users.setPassword(
                    hash, of: context.principal.id, replacing: verified.account.password)
            else { throw Self.wrongCurrent }
            try service.throttle.succeed(verified.attempt, on: context.transaction.connection)
            let ended = try context.sessions.deleteAll(
                of: context.principal.id, except: context.principal.session, at: context.now)
            try context.audit(.changePassword, subject: context.principal.username.rawValue)
            return context.written(EndedSessions(username: context.principal.username, ended), .updated)
        }
    }

    private static let wrongCurrent = LMSError(
        .wrongPassword, "the current password is wrong: nothing was changed")
}
