package import LMSText

/// Makes a session for a script: it lasts as long as asked, and does not end for being idle.
package struct CreateToken: Mutation {
    package var label: String
    package var lifetime: Lifetime?

    package static let defaultLifetime = Lifetime.days(90)

    package init(label: String, lifetime: Lifetime? = nil) {
        self.label = label
        self.lifetime = lifetime
    }

    package func perform(in context: Context) throws -> Written<NewToken> {
        let label = try Title.checked(label, of: "label")
        let lifetime = try (lifetime ?? Self.defaultLifetime).checkedForSession("a token")
        let token = SessionToken.random()
        try context.sessions.deleteDead(of: context.principal.id, at: context.now)
        let id = try context.sessions.insert(
            token.hash, of: context.principal.id, label: label, at: context.now, lifetime: lifetime,
            idleLimit: nil)
        let session = NewSession(
            id: context.created(id), label: label, createdAt: context.now,
            expiresAt: context.now + lifetime, lastUsedAt: nil)
        try context.audit(.createToken, subject: label)
        return context.written(NewToken(token: context.created(token), session: session), .created)
    }
}

/// A session with its secret, which is shown this once. Encoded as the session's keys and `token`.
package struct NewToken: Codable, Sendable {
    /// None in a dry run.
    package let token: SessionToken?
    package let session: NewSession

    init(token: SessionToken?, session: NewSession) {
        self.token = token
        self.session = session
    }

    private enum CodingKeys: String, CodingKey {
        case token
    }

    package init(from decoder: any Decoder) throws {
        session = try NewSession(from: decoder)
        token = try decoder.container(keyedBy: CodingKeys.self)
            .decodeIfPresent(SessionToken.self, forKey: .token)
    }

    package func encode(to encoder: any Encoder) throws {
        try session.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(token, forKey: .token)
    }
}
