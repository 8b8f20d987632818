internal import LMSDatabase
package import LMSText

/// Signs in with a password.
package struct LogIn: UseCase {
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
        return try await service.withVerifiedPassword(password, of: username) { verified in
            try await signIn(verified, for: lifetime, on: service)
        }
    }

    private func signIn(
        _ verified: VerifiedPassword, for lifetime: Lifetime, on service: LocalService
    ) async throws -> SignIn {
        let account = verified.account
        guard !account.isDisabled else {
            throw LMSError(
                .denied, "the account '\(account.username)' is disabled", hint: "Ask your administrator.")
        }
        let renewed = try await renewedHash(verified, on: service)
        let token = SessionToken.random()
        let now = service.clock()
        try await service.database.write { connection in
            // The password may have changed, and the account may be gone or disabled, since it was
            // verified.
            let users = UserRows(connection: connection)
            guard let current = try users.find(account.id), !current.isDisabled,
                current.password == account.password
            else { throw LMSError.wrongPassword }
            if let renewed {
                _ = try users.setPassword(renewed, of: account.id, replacing: account.password)
            }
            let sessions = SessionRows(connection: connection)
            try sessions.deleteDead(of: account.id, at: now)
            _ = try sessions.insert(
                token.hash, of: account.id, label: SessionRules.loginLabel, at: now, lifetime: lifetime,
                idleLimit: SessionRules.idleLimit)
            try service.throttle.succeed(verified.attempt, on: connection)
        }
        service.caller.whenKnown?(account.id)
        return SignIn(token: token, expiresAt: now + lifetime, user: account.user)
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
