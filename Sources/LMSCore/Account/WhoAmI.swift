package import LMSText

/// Tells who is signed in.
package struct WhoAmI: Query {
    package init() {}

    package func perform(in context: Context) throws -> SignedInAccount {
        let principal = context.principal
        return SignedInAccount(
            username: principal.username, role: principal.role, expiresAt: principal.expiresAt)
    }
}

/// An account, and until when its session lasts.
package struct SignedInAccount: Codable, Sendable {
    package let username: Username
    package let role: Role
    package let expiresAt: Instant

    package init(username: Username, role: Role, expiresAt: Instant) {
        self.username = username
        self.role = role
        self.expiresAt = expiresAt
    }

    enum CodingKeys: String, CodingKey {
        case username, role
        case expiresAt = "expires_at"
    }
}
