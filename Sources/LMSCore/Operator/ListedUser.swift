/// An account as the operator sees it.
package struct ListedUser: Codable, Sendable {
    package let id: UserID
    package let username: Username
    package let role: Role
    package let createdAt: Instant
    package let disabledAt: Instant?

    enum CodingKeys: String, CodingKey {
        case id, username, role
        case createdAt = "created_at"
        case disabledAt = "disabled_at"
    }
}
