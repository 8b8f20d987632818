/// What somebody is in a course.
///
/// It is no enumeration: a newer server may know more of them, and what it says is printed as it is.
package struct CourseRole: RawRepresentable, Codable, Sendable, Hashable, CaseIterable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// Whose course it is (`course.teacher_id`).
    package static let owner = CourseRole(rawValue: "owner")
    /// Who teaches it beside the owner (`co_teacher`).
    package static let teacher = CourseRole(rawValue: "teacher")
    /// Who is enrolled; whoever has only asked to join is nothing in the course.
    package static let student = CourseRole(rawValue: "student")

    package static let allCases = [owner, teacher, student]
}

extension CourseRecord {
    /// Whether the viewer is one of the course's teachers.
    var isTaught: Bool { role == .owner || role == .teacher }
}
