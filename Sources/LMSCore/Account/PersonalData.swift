package import LMSText

/// All that is held of a person but what the person wrote into courses, which belongs to these.
package struct PersonalData: Sendable {
    package let id: UserID
    package let username: Username
    package let role: Told<Role>
    package let details: PersonDetails
    /// Whether the operator gave the name.
    package let isNameGiven: Bool
    /// Of which only a hash is held.
    package let hasPassword: Bool
    package let createdAt: Instant
    package let disabledAt: Instant?
    package let formerUsernames: [FormerUsername]
    package let signIns: [Session]
    package let teaches: [TaughtCourse]
    package let memberships: [Membership]
    /// Where the person is in the trash.
    package let trash: [TrashedPlace]
    /// What the person did and what was done to the person, as far as the logs are kept; newest first.
    package let log: [OperatorLogEntry]

    enum CodingKeys: String, CodingKey {
        case id, username, role
        case isNameGiven = "name_is_given"
        case hasPassword = "has_password"
        case createdAt = "created_at"
        case disabledAt = "disabled_at"
        case formerUsernames = "former_usernames"
        case signIns = "sign_ins"
        case teaches, memberships, trash, log
    }
}

/// A username that somebody had.
package struct FormerUsername: Codable, Sendable {
    package let username: Username
    package let givenUpAt: Instant

    enum CodingKeys: String, CodingKey {
        case username
        case givenUpAt = "given_up_at"
    }
}

/// A place that a person had in a course, which can come back.
package struct TrashedPlace: Codable, Sendable {
    /// The code of the course.
    package let course: CourseCode
    /// `owner`, `teacher` or `student`.
    package let role: String
    /// When it was taken away.
    package let at: Instant
}

/// A course that a person owns, or teaches beside its owner.
package struct TaughtCourse: Codable, Sendable {
    package let course: CourseID
    package let code: CourseCode
    package let title: String
}

extension PersonalData: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(UserID.self, forKey: .id)
        username = try container.decode(Username.self, forKey: .username)
        role = try container.decode(Told<Role>.self, forKey: .role)
        details = try PersonDetails(from: decoder)
        isNameGiven = try container.decode(Bool.self, forKey: .isNameGiven)
        hasPassword = try container.decode(Bool.self, forKey: .hasPassword)
        createdAt = try container.decode(Instant.self, forKey: .createdAt)
        disabledAt = try container.decodeIfPresent(Instant.self, forKey: .disabledAt)
        formerUsernames = try container.decode([FormerUsername].self, forKey: .formerUsernames)
        signIns = try container.decode([Session].self, forKey: .signIns)
        teaches = try container.decode([TaughtCourse].self, forKey: .teaches)
        memberships = try container.decode([Membership].self, forKey: .memberships)
        trash = try container.decodeIfPresent([TrashedPlace].self, forKey: .trash) ?? []
        log = try container.decode([OperatorLogEntry].self, forKey: .log)
    }

    /// What is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        let members = try JSONMembers<CodingKeys>(of: encoder)
        members.encode(id.rawValue, forKey: .id)
        members.encode(username.rawValue, forKey: .username)
        members.encode(role.rawValue, forKey: .role)
        try details.encode(to: encoder)
        members.encode(isNameGiven, forKey: .isNameGiven)
        members.encode(hasPassword, forKey: .hasPassword)
        members.encode(createdAt.description, forKey: .createdAt)
        members.encode(orNull: disabledAt?.description, forKey: .disabledAt)
        try members.encode(formerUsernames, forKey: .formerUsernames)
        try members.encode(signIns, forKey: .signIns)
        try members.encode(teaches, forKey: .teaches)
        try members.encode(memberships, forKey: .memberships)
        try members.encode(trash, forKey: .trash)
        try members.encode(log, forKey: .log)
    }
}

/// Shows all that is held of oneself.
package struct ShowPersonalData: Query {
    package static var useCaseClass: UseCaseClass { .readsAccount }

    package init() {}

    package func perform(in context: Context) throws -> PersonalData {
        try PersonalRows(connection: context.transaction.connection).data(of: context.principal.id, at: context.now)
    }
}
