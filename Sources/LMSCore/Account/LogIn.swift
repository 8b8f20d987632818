internal import LMSDatabase
package import LMSText

/// Signs in with a password.
package struct LogIn: UseCase {
    package static var useCaseClass: UseCaseClass { .open }

    package var username: Username
    package var password: Password
    package var lifetime: Lifetime?

    package init(username: Username, password: Password, lifetime: Lifetime? = nil) {
        self.username = username
        self.password = password
        self.lifetime = lifetime
    }

    package func perform(on service: LocalService) async throws -> SignIn {
        let lifetime = try (lifetime ?? SessionRules.defaultLifetime).checkedForSession()
        // What nobody sees around a name keeps nobody out, and the throttle counts one name.
        let username = username.trimmed
        let signIn = try await service.withVerifiedPassword(
            password, of: username,
            prepare: { verified in
                guard !verified.account.isDisabled else { throw Self.disabled(verified.account) }
                return try await renewedHash(verified, on: service)
            }, in: service.writeUnsigned,
            write: { verified, renewedHash, transaction in
                try Self.signIn(verified, renewedHash, for: lifetime, in: transaction)
            })
        service.caller.whenKnown?(signIn.user.id)
        return signIn
    }

    private static func signIn(
        _ verified: VerifiedPassword, _ renewedHash: PasswordHash?, for lifetime: Lifetime,
        in transaction: Transaction
    ) throws -> SignIn {
        let account = verified.account
        // The password may have changed, and the account may be gone or disabled, since it was verified.
        let users = UserRows(connection: transaction.connection)
        guard let current = try users.find(account.id), !current.isDisabled, current.password == account.password
        else { throw LMSError.wrongPassword }
        if let renewedHash {
            _ = try users.setPassword(renewedHash, of: account.id, replacing: account.password)
        }
        let token = SessionToken.random()
        let sessions = SessionRows(connection: transaction.connection)
        try sessions.deleteDead(of: account.id, at: transaction.now)
        _ = try sessions.insert(
            token.hash, of: account.id, label: SessionRules.loginLabel, at: transaction.now, lifetime: lifetime,
            idleLimit: SessionRules.idleLimit)
        return SignIn(token: token, expiresAt: transaction.now + lifetime, user: account.user)
    }

    private static func disabled(_ account: UserRows.Account) -> LMSError {
        LMSError(.denied, "the account '\(account.username)' is disabled", hint: "Ask your administrator.")
    }

    /// A hash of today's form at today's cost, where the stored one is another.
    private func renewedHash(
        _ verified: VerifiedPassword, on service: LocalService
    ) async throws -> PasswordHash? {
        guard let stored = verified.account.password, verified.isFormer || service.hasher.isOutdated(stored)
        else { return nil }
        return try await service.hasher.hash(password)
    }
}

/// A new session, with its secret.
package struct SignIn: Codable, Sendable {
    package let token: SessionToken
    package let tokenType: String
    package let expiresAt: Instant
    package let user: User

    init(token: SessionToken, expiresAt: Instant, user: User) {
        self.token = token
        tokenType = "Bearer"
        self.expiresAt = expiresAt
        self.user = user
    }

    enum CodingKeys: String, CodingKey {
        case token
        case tokenType = "token_type"
        case expiresAt = "expires_at"
        case user
    }
}
