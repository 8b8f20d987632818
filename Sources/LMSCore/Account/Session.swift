package import LMSText

/// A sign-in that is alive, or a token made for a script: what its owner sees of it.
package struct SessionRecord<ID: Sendable>: Sendable {
    package let id: ID
    package let label: String
    package let createdAt: Instant
    package let expiresAt: Instant
    /// None for a token that nobody has used yet.
    package let lastUsedAt: Instant?
    package let scope: TokenScope

    enum CodingKeys: String, CodingKey {
        case id, label
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case lastUsedAt = "last_used_at"
    }
}

extension SessionRecord: Codable where ID: RecordID {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try ID(from: container, forKey: .id)
        label = try container.decode(String.self, forKey: .label)
        createdAt = try container.decode(Instant.self, forKey: .createdAt)
        expiresAt = try container.decode(Instant.self, forKey: .expiresAt)
        lastUsedAt = try container.decodeIfPresent(Instant.self, forKey: .lastUsedAt)
        scope = try TokenScope(from: decoder)
    }

    /// What is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(orNull: id.number, forKey: .id)
        members.encode(label, forKey: .label)
        members.encode(createdAt.description, forKey: .createdAt)
        members.encode(expiresAt.description, forKey: .expiresAt)
        members.encode(orNull: lastUsedAt?.description, forKey: .lastUsedAt)
        try scope.encode(to: encoder)
    }
}

/// A session that is there.
package typealias Session = SessionRecord<SessionID>

/// A session that was just made: as a dry run tells it, it has no id.
package typealias NewSession = SessionRecord<SessionID?>

/// How long sessions live.
package enum SessionRules {
    /// A session that nobody used for so long ends.
    static let idleLimit = Lifetime.days(7)
    /// A longer one was never made.
    static let longestIdleLimit = Lifetime.days(365)
    /// How long a sign-in lasts unless it is said otherwise.
    package static let defaultLifetime = Lifetime.days(30)
    /// The label of a session that a sign-in made.
    static let loginLabel = "login"
}
