internal import LMSDatabase

/// Replaces one's own password, and ends every other session of one's own.
package struct ChangePassword: UseCase {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var current: Password
    package var new: Password

    package init(current: Password, new: Password) {
        self.current = current
        self.new = new
    }

    package func perform(on service: LocalService) async throws -> Written<EndedSessions> {
        let principal = try await service.read { $0.principal }
        do {
            return try await service.withVerifiedPassword(
                current, of: principal.username,
                prepare: { verified in
                    try await service.hasher.hash(try new.checked(for: verified.account.username))
                }, in: service.write, write: Self.change)
        } catch let error as LMSError where error.code == .wrongPassword {
            throw Self.wrongCurrent
        }
    }

    @Sendable
    private static func change(
        _ verified: VerifiedPassword, _ hash: PasswordHash, _ context: Context
    ) throws -> Written<EndedSessions> {
        // Somebody may have changed it since it was verified.
        guard
            try context.users.setPassword(
                hash, of: context.principal.id, replacing: verified.account.password)
        else { throw wrongCurrent }
        let ended = try context.sessions.deleteAll(
            of: context.principal.id, except: context.principal.session, at: context.now)
        try context.audit(.changePassword, subject: context.principal.username.rawValue)
        return context.written(EndedSessions(username: context.principal.username, ended), .updated)
    }

    private static let wrongCurrent = LMSError(
        .wrongPassword, "the current password is wrong: nothing was changed")
}
