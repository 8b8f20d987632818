internal import LMSDatabase
package import LMSText

/// Whether a student is in, or has asked.
package enum EnrollmentStatus: String, Codable, Sendable, CaseIterable, ValueConvertible {
    case enrolled
    case pending
}

/// A student's own enrollment in a course, as joining and leaving answer it.
package struct Membership: Codable, Sendable {
    package let course: CourseID
    package let code: CourseCode
    package let title: String
    package let status: Told<EnrollmentStatus>
    package let dateEntry: Instant

    enum CodingKeys: String, CodingKey {
        case course, code, title, status
        case dateEntry = "date_entry"
    }
}

/// A student on a course's roster.
package struct RosterEntry: Codable, Sendable {
    package let username: Username
    package let status: Told<EnrollmentStatus>
    package let dateEntry: Instant

    enum CodingKeys: String, CodingKey {
        case username, status
        case dateEntry = "date_entry"
    }
}
