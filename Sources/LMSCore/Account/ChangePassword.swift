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
        let verified: VerifiedPassword
        do {
            verified = try await service.verify(current, of: principal.username)
        } catch let error as LMSError where error.code == .wrongPassword {
            throw Self.wrongCurrent
        }
        let hash: PasswordHash
        do {
            hash = try await service.hasher.hash(try new.checked(for: principal.username))
        } catch {
            try await service.throttle.giveBack(verified.attempt)
            throw error
        }
        let written = try await service.write { context in
            guard
                try context.users.setPassword(
                    hash, of: context.principal.id, replacing: verified.account.password)
            else { throw Self.wrongCurrent }
            try service.throttle.succeed(verified.attempt, on: context.transaction.connection)
            let count = try context.sessions.deleteAll(
                of: context.principal.id, except: context.principal.session, at: context.now)
            return context.written(
                EndedSessions(username: context.principal.username, sessions: count), .updated)
        }
        // The rehearsal took its success back, but not the attempt, which is counted outside it.
        if service.isRehearsal { try await service.throttle.giveBack(verified.attempt) }
        return written
    }

    private static let wrongCurrent = LMSError(
        .wrongPassword, "the current password is wrong: nothing was changed")
}
