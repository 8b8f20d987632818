package import LMSText

/// A student on a course's roster, as the course's teachers list it.
///
/// What acts on the roster answer, `RosterEntry`, has no name and no number: a teacher who names somebody in a dry run learns nothing
/// about a person.
package struct ListedStudent: Sendable {
    package let username: Username
    package let status: Told<EnrollmentStatus>
    package let dateEntry: Instant
    package let details: PersonDetails
}

extension ListedStudent: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: RosterEntry.CodingKeys.self)
        username = try container.decode(Username.self, forKey: .username)
        status = try container.decode(Told<EnrollmentStatus>.self, forKey: .status)
        dateEntry = try container.decode(Instant.self, forKey: .dateEntry)
        details = try PersonDetails(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<RosterEntry.CodingKeys>(of: encoder)
        members.encode(username.rawValue, forKey: .username)
        members.encode(status.rawValue, forKey: .status)
        members.encode(dateEntry.description, forKey: .dateEntry)
        try details.encode(to: encoder)
    }
}
