package import LMSText

/// An account as the operator sees it.
package struct ListedUser: Codable, Sendable {
    package let id: UserID
    package let username: Username
    package let role: Role
    package let createdAt: Instant
    package let disabledAt: Instant?
    package let state: AccountState

    enum CodingKeys: String, CodingKey {
        case id, username, role
        case createdAt = "created_at"
        case disabledAt = "disabled_at"
        case state
    }

    /// What is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(username, forKey: .username)
        try container.encode(role, forKey: .role)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(disabledAt, forKey: .disabledAt)
        try container.encode(state, forKey: .state)
    }
}

/// Whether the holder of an account can sign in.
package enum AccountState: String, Codable, Sendable, CaseIterable {
    case active
    /// Not until the operator sets a password: there is none, or none that lms accepts.
    case locked
    /// Not until the operator enables the account.
    case disabled
}
