/// What somebody is in a course.
package enum CourseRole: String, Codable, Sendable, CaseIterable {
    /// Whose course it is (`course.teacher_id`).
    case owner
    /// Who teaches it beside the owner (`co_teacher`).
    case teacher
    /// Who is enrolled; whoever has only asked to join is nothing in the course.
    case student
}

extension CourseRecord {
    /// Whether the viewer is one of the course's teachers.
    var isTaught: Bool { role == .owner || role == .teacher }
}
