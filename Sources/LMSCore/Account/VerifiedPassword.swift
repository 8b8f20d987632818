internal import LMSDatabase

/// An account whose password was right.
struct VerifiedPassword: Sendable {
    let account: UserRows.Account
    /// Whether it is to be hashed anew, since what was hashed is not what would be today.
    let isFormer: Bool
}

extension LocalService {
    /// Checks a password, throttled, and writes what it is good for. The throttle is told of the success in the same
    /// transaction.
    ///
    /// An unknown user, a locked one and a wrong password cost the same time and get the same words. Only they count: where
    /// memory is short, or `prepare` or `write` fails for another reason, the attempt is given back.
    ///
    /// - Parameters:
    ///   - prepare: Makes what `write` needs, outside any transaction: hashing takes long.
    ///   - transaction: The kind of write transaction: `write` or `writeUnsigned`.
    /// - Throws: `LMSError` `wrongPassword`, `throttled`, `busy` where memory is short, or what `prepare` and `write` throw.
    func withVerifiedPassword<Prepared: Sendable, Scope: TransactionScope & SendableMetatype, T: Sendable>(
        _ password: Password, of username: Username,
        prepare: (VerifiedPassword) async throws -> Prepared,
        in transaction: (@escaping @Sendable (Scope) throws -> T) async throws -> T,
        write: @escaping @Sendable (VerifiedPassword, Prepared, Scope) throws -> T
    ) async throws -> T {
        let now = clock()
        let account = try await database.read {
            try UserRows(connection: $0).find(username) ?? FormerUsernameRows(connection: $0, now: now).holder(of: username)
        }
        // A former name gives no more guesses than the one of now.
        let counted = account?.username ?? username
        let (throttle, attempt) = (throttle, try await throttle.begin(counted, from: caller.address))
        do {
            let match = try await hasher.verify(password, against: account?.password)
            guard match != .none, let account else { throw LMSError.wrongPassword }
            guard account.username.folded == username.folded else {
                throw LMSError(
                    .denied, FormerUsername.words(username.rawValue, account.username),
                    hint: "Sign in with: lms login \(account.username)")
            }
            let verified = VerifiedPassword(account: account, isFormer: match == .former)
            let prepared = try await prepare(verified)
            let result = try await transaction { scope in
                let result = try write(verified, prepared, scope)
                try throttle.succeed(attempt, on: scope.connection)
                return result
            }
            // A dry run takes the success back, but not the attempt, which was noted outside it.
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
    func settled(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await Task { try await body() }.value
    }
}

extension LMSError {
    static let wrongPassword = LMSError(.wrongPassword, "wrong username or password")
}
