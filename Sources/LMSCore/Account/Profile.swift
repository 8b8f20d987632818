internal import LMSText

/// One's own account, as its holder sees it.
package struct Profile: Sendable {
    package let username: Username
    package let role: Told<Role>
    package let details: PersonDetails

    enum CodingKeys: String, CodingKey {
        case username, role
    }
}

extension Profile: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        username = try container.decode(Username.self, forKey: .username)
        role = try container.decode(Told<Role>.self, forKey: .role)
        details = try PersonDetails(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(username.rawValue, forKey: .username)
        members.encode(role.rawValue, forKey: .role)
        try details.encode(to: encoder)
    }
}

/// Shows one's own name and number.
package struct ShowProfile: Query {
    package static var useCaseClass: UseCaseClass { .readsAccount }

    package init() {}

    package func perform(in context: Context) throws -> Profile {
        Profile(try context.account())
    }
}

/// Changes one's own name, unless the operator gave it. An empty one takes it away; without one, all stays.
package struct EditProfile: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var name: PersonName?

    package init(name: PersonName?) {
        self.name = name
    }

    package func perform(in context: Context) throws -> Written<Profile> {
        let account = try context.account()
        guard let name else { return context.written(Profile(account), .unchanged) }
        try Policy.requireMayChangeName(of: account)
        var details = account.details
        details.name = try name.checked()
        guard details != account.details else { return context.written(Profile(account), .unchanged) }
        try context.users.setDetails(details, isNameGiven: false, of: account.id)
        try context.audit(.editProfile, subject: account.username.rawValue)
        return context.written(
            Profile(username: account.username, role: Told(account.role), details: details), .updated)
    }
}

extension Profile {
    fileprivate init(_ account: UserRows.Account) {
        self.init(username: account.username, role: Told(account.role), details: account.details)
    }
}

extension Context {
    /// The principal's own account.
    func account() throws -> UserRows.Account {
        guard let account = try users.find(principal.id) else { throw LMSError.notSignedIn }
        return account
    }
}
