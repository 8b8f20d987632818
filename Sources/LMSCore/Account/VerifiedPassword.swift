internal import LMSDatabase

/// A right password, and the attempt that was counted for it.
struct VerifiedPassword: Sendable {
    let account: UserRows.Account
    let attempt: LoginThrottle.Attempt
}

extension LocalService {
    /// Checks a password outside any transaction, throttled. The attempt stays counted until it is
    /// given back or succeeds.
    ///
    /// An unknown user, a locked one and a wrong password cost the same time and get the same words.
    ///
    /// - Throws: `LMSError` `wrongPassword`, `throttled`, or `busy` where memory is short.
    func verify(_ password: Password, of username: Username) async throws -> VerifiedPassword {
        let attempt = try await throttle.begin(username, from: caller.address)
        let account = try await database.read { try UserRows(connection: $0).find(username) }
        let isRight: Bool
        do {
            isRight = try await hasher.verify(password, against: account?.password)
        } catch {
            try await throttle.giveBack(attempt)
            throw error
        }
        guard isRight, let account else { throw LMSError.wrongPassword }
        return VerifiedPassword(account: account, attempt: attempt)
    }
}

extension LMSError {
    static let wrongPassword = LMSError(.wrongPassword, "wrong username or password")
}
