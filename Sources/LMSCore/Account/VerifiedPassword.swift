internal import LMSDatabase

/// A right password, and the attempt that was noted for it.
struct VerifiedPassword: Sendable {
    let account: UserRows.Account
    let attempt: LoginThrottle.Attempt
    /// Whether it is to be hashed anew, since what was hashed is not what would be today.
    let isFormer: Bool
}

extension LocalService {
    /// Checks a password outside any transaction, throttled, and goes on with what it is good for. `body`
    /// tells the throttle of its success, in its transaction.
    ///
    /// An unknown user, a locked one and a wrong password cost the same time and get the same words. Only
    /// they count: where memory is short, or `body` cannot do its work, the attempt is given back.
    ///
    /// - Throws: `LMSError` `wrongPassword`, `throttled`, `busy` where memory is short, or what `body`
    ///   throws.
    func withVerifiedPassword<T: Sendable>(
        _ password: Password, of username: Username,
        _ body: (VerifiedPassword) async throws -> T
    ) async throws -> T {
        let attempt = try await throttle.begin(username, from: caller.address)
        do {
            let account = try await database.read { try UserRows(connection: $0).find(username) }
            let match = try await hasher.verify(password, against: account?.password)
            guard match != .none, let account else { throw LMSError.wrongPassword }
            let result = try await body(
                VerifiedPassword(account: account, attempt: attempt, isFormer: match == .former))
            // The dry run took its success back, but not the attempt, which was noted outside it.
            if isDryRun { try await throttle.giveBack(attempt) }
            return result
        } catch let error as LMSError where error.code == .wrongPassword {
            try await settled { try await throttle.fail(attempt) }
            throw error
        } catch {
            // What went wrong first is what there is to say.
            try? await settled { try await throttle.giveBack(attempt) }
            throw error
        }
    }

    /// An attempt comes to its end also where nobody waits for it any more.
    private func settled(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await Task { try await body() }.value
    }
}

extension LMSError {
    static let wrongPassword = LMSError(.wrongPassword, "wrong username or password")
}
