package import LMSText

/// Tells who is signed in.
package struct WhoAmI: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package init() {}

    package func perform(in context: Context) throws -> SignedInAccount {
        let principal = context.principal
        let limits = principal.limits
        return SignedInAccount(
            username: principal.username, role: Told(principal.role), expiresAt: principal.expiresAt,
            scope: try context.sessions.scope(
                of: principal.session, isReadOnly: limits.isReadOnly, isCut: limits.cut != nil))
    }
}

/// An account, and until when its session lasts. Encoded as its keys and those of `TokenScope`.
package struct SignedInAccount: Codable, Sendable {
    package let username: Username
    package let role: Told<Role>
    package let expiresAt: Instant
    package let scope: TokenScope

    package init(username: Username, role: Told<Role>, expiresAt: Instant, scope: TokenScope = .whole) {
        self.username = username
        self.role = role
        self.expiresAt = expiresAt
        self.scope = scope
    }

    private enum CodingKeys: String, CodingKey {
        case username, role
        case expiresAt = "expires_at"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        username = try container.decode(Username.self, forKey: .username)
        role = try container.decode(Told<Role>.self, forKey: .role)
        expiresAt = try container.decode(Instant.self, forKey: .expiresAt)
        scope = try TokenScope(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(username, forKey: .username)
        try container.encode(role, forKey: .role)
        try container.encode(expiresAt, forKey: .expiresAt)
        try scope.encode(to: encoder)
    }
}
