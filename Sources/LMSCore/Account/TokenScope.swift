internal import LMSText

/// What a token may do less than its owner, as it is shown: nothing less for a sign-in.
package struct TokenScope: Sendable {
    package let isReadOnly: Bool
    /// The courses that it is for, by the codes that they have now; `nil` for all. A course that was deleted is none.
    package let courses: [CourseCode]?

    package static let whole = TokenScope(isReadOnly: false, courses: nil)

    /// How many courses a token can be for.
    static let courseLimit = 200

    package init(isReadOnly: Bool, courses: [CourseCode]?) {
        self.isReadOnly = isReadOnly
        self.courses = courses
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case isReadOnly = "read_only"
        case courses
    }
}

extension TokenScope: Codable {
    /// A server of an older version knows no such tokens, and does not say that they are.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        isReadOnly = try container.decodeIfPresent(Bool.self, forKey: .isReadOnly) ?? false
        courses = try container.decodeIfPresent([CourseCode].self, forKey: .courses)
    }

    /// What is missing is written as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isReadOnly, forKey: .isReadOnly)
        try container.encode(courses, forKey: .courses)
    }
}

/// How a principal's token is held back.
struct TokenLimits: Sendable {
    let isReadOnly: Bool
    /// The session whose courses are all that it is for; `nil` where it is for all.
    let cut: SessionID?
}
