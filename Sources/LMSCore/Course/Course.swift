internal import LMSDatabase

/// A course, as one viewer sees it.
package struct Course: Codable, Sendable {
    /// None in a dry run that would have made it.
    package var id: CourseID?
    package var code: CourseCode
    package var title: String
    /// The owner's username.
    package var teacher: Username
    package var releaseDate: CalendarDate
    package var enrollment: EnrollmentPolicy
    /// How many are enrolled; requests do not count.
    package var students: Int
    /// The viewer's own enrollment.
    package var status: EnrollmentStatus?
    package var teacherID: UserID
    package var description: String?
    /// How many requests to join wait, for the owner; nobody else is told.
    package var pending: Int?

    /// How many materials a course takes: moving one shifts all between the two places, while nobody else can write. What
    /// an operator imports may be more.
    static let materialLimit = 10_000

    enum CodingKeys: String, CodingKey {
        case id, code, title, teacher
        case releaseDate = "release_date"
        case enrollment, students, status
        case teacherID = "teacher_id"
        case description, pending
    }

    /// What is missing is written as null: a reader finds every key.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(orNull: id?.rawValue, forKey: .id)
        try container.encode(code.rawValue, forKey: .code)
        try container.encode(title, forKey: .title)
        try container.encode(teacher.rawValue, forKey: .teacher)
        try container.encode(releaseDate.description, forKey: .releaseDate)
        try container.encode(enrollment.rawValue, forKey: .enrollment)
        try container.encode(students, forKey: .students)
        try container.encode(orNull: status?.rawValue, forKey: .status)
        try container.encode(teacherID.rawValue, forKey: .teacherID)
        try container.encode(orNull: description, forKey: .description)
        try container.encode(orNull: pending.map { Int64($0) }, forKey: .pending)
    }
}

extension Course {
    /// A description as it is kept; an empty one is none.
    static func storedDescription(_ text: String) throws -> String? {
        text.isEmpty ? nil : try Description.checked(text)
    }
}

/// How students get in.
package enum EnrollmentPolicy: String, Codable, Sendable, CaseIterable, ValueConvertible {
    /// At once.
    case open
    /// After the teacher's approval.
    case approval
    /// Only by the teacher's hand.
    case closed
}

/// An id or a code.
package struct CourseReference: Reference {
    package let text: String
    package init(_ text: String) { self.text = text }

    var id: CourseID? { id(of: .course) }
}
