internal import LMSDatabase
internal import LMSText

/// Somebody with an account.
package struct UserRecord<ID: Sendable>: Sendable {
    package let id: ID
    package let username: Username
    package let role: Told<Role>

    package init(id: ID, username: Username, role: Role) {
        self.id = id
        self.username = username
        self.role = Told(role)
    }

    enum CodingKeys: String, CodingKey {
        case id, username, role
    }
}

extension UserRecord: Codable where ID: RecordID {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try ID(from: container, forKey: .id)
        username = try container.decode(Username.self, forKey: .username)
        role = try container.decode(Told<Role>.self, forKey: .role)
    }

    /// The id is written as null where it is missing.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(orNull: id.number, forKey: .id)
        members.encode(username.rawValue, forKey: .username)
        members.encode(role.rawValue, forKey: .role)
    }
}

/// A user who is there.
package typealias User = UserRecord<UserID>

/// A user who has just registered: as a dry run tells it, without an id.
package typealias NewUser = UserRecord<UserID?>

package enum Role: String, Codable, Sendable, CaseIterable, ValueConvertible {
    case teacher
    case student
}

/// A username as somebody wrote it, or as it was registered. Compare `folded`.
package struct Username: RawRepresentable, Codable, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ text: String) { self.init(rawValue: text) }

    package var description: String { rawValue }

    package static let limit = 25

    /// The form that makes `Siti` and `siti` one name.
    var folded: String { rawValue.lowercased() }

    var isValid: Bool { isName(rawValue, limit: Self.limit) }

    /// The name without what nobody sees around it, as a sign-in takes it.
    package var trimmed: Username { Username(rawValue.trimmed) }

    /// - Throws: `LMSError` `invalid` where the rule for usernames is broken.
    package func checked() throws -> Username {
        guard isValid else {
            throw LMSError(
                .invalid, "\(quoted(rawValue)) cannot be a username\(strangeCharacter(in: rawValue))",
                hint:
                    "A username has 1 to \(Self.limit) of A-Z a-z 0-9 . _ - and begins with a letter or digit."
            )
        }
        return self
    }
}

extension Username: ValueConvertible {}
