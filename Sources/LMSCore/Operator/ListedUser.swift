package import LMSText

/// An account as the operator sees it.
package struct ListedUser: Sendable {
    package let id: UserID
    package let username: Username
    package let role: Role
    package let createdAt: Instant
    package let disabledAt: Instant?
    package let state: AccountState
    package let details: PersonDetails
}

/// Whether the holder of an account can sign in.
package enum AccountState: String, Codable, Sendable, CaseIterable {
    case active
    /// Not until the operator sets a password: there is none, or none that lms accepts.
    case locked
    /// Not until the operator enables the account.
    case disabled
}
