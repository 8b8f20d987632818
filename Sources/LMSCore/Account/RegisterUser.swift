internal import LMSDatabase

/// Creates an account.
package struct RegisterUser: UseCase {
    package static var useCaseClass: UseCaseClass { .open }

    package var username: Username
    package var password: Password
    package var role: Role
    /// An account of that name and role is fine as it is; its password is left alone.
    package var ifNotExists: Bool
    package var name: PersonName?

    package init(
        username: Username, password: Password, role: Role, ifNotExists: Bool = false, name: PersonName? = nil
    ) {
        self.username = username
        self.password = password
        self.role = role
        self.ifNotExists = ifNotExists
        self.name = name
    }

    package func perform(on service: LocalService) async throws -> Written<NewUser> {
        try await service.countRegistration()
        try service.registration.requireMayRegister(as: role)
        let username = try username.checked()
        let name = try name?.checked()
        let existing = try await service.readUnsigned {
            let existing = try UserRows(connection: $0.connection).find(username)
            if existing == nil { try $0.formerUsernames.requireFree(username) }
            return existing
        }
        if let existing, ifNotExists { return try unchanged(existing, on: service) }

        let password = try password.checked(for: username)
        if existing != nil { throw taken }
        let hash = try await service.hasher.hash(password)
        let written = try await service.writeUnsigned { transaction -> Written<NewUser>? in
            let users = UserRows(connection: transaction.connection)
            try transaction.formerUsernames.requireFree(username)
            guard
                let id = try users.insert(
                    UserValues(
                        username: username, role: role, password: hash, details: PersonDetails(name: name)),
                    at: transaction.now)
            else { return nil }
            try transaction.audit(
                by: username, id: id, .register, subject: "\(username): \(role.rawValue)")
            let user = NewUser(id: transaction.isDryRun ? nil : id, username: username, role: role)
            return transaction.written(user, .created)
        }
        if let written { return written }

        // Somebody took the name while the password was hashed.
        guard ifNotExists,
            let winner = try await service.readUnsigned({
                try UserRows(connection: $0.connection).find(username)
            })
        else { throw taken }
        return try unchanged(winner, on: service)
    }

    private func unchanged(
        _ account: UserRows.Account, on service: LocalService
    ) throws -> Written<NewUser> {
        guard account.role == role else {
            throw LMSError(
                .conflict, "'\(account.username)' is registered already, as a \(account.role.rawValue)")
        }
        return Written(
            record: NewUser(id: account.id, username: account.username, role: account.role),
            outcome: .unchanged, isDryRun: service.isDryRun)
    }

    private var taken: LMSError { .usernameTaken(username) }

    enum CodingKeys: String, CodingKey {
        case username, password, role
        case ifNotExists = "if_not_exists"
        case name
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        username = try container.decode(Username.self, forKey: .username)
        password = try container.decode(Password.self, forKey: .password)
        role = try container.decode(Role.self, forKey: .role)
        ifNotExists = try container.decodeIfPresent(Bool.self, forKey: .ifNotExists) ?? false
        name = try container.decodeIfPresent(PersonName.self, forKey: .name)
    }
}
