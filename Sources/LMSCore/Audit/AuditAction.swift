internal import LMSDatabase

/// What the audit trail says was done.
package enum AuditAction: String, Codable, Sendable, CaseIterable {
    case createCourse = "course.create"
    case editCourse = "course.edit"
    case deleteCourse = "course.delete"
    case transferCourse = "course.transfer"
    case join = "enrollment.join"
    case leave = "enrollment.leave"
    case addStudents = "roster.add"
    case approveStudents = "roster.approve"
    case removeStudents = "roster.remove"
    case addMaterial = "material.add"
    case editMaterial = "material.edit"
    case deleteMaterial = "material.delete"
}

extension AuditAction: ValueConvertible {}

extension Transaction {
    /// Notes an act on a course, in the transaction of the act. The row keeps ids, names and the owner
    /// by value, so that it can be read when they are gone. It never holds a text, a password, a token
    /// or an address.
    ///
    /// - Parameter subject: What in the course it was done to: a material's title, a student's name.
    func audit(
        by actor: Username, id: UserID, _ action: AuditAction, _ course: Course, subject: String?
    ) throws {
        try connection.execute(
            """
            INSERT INTO audit (at, actor_id, actor, via, action, course_id, course, owner_id, subject)
            VALUES (\(now), \(id), \(actor), \(via), \(action), \(course.id), \(course.code),
                \(course.teacherID), \(subject))
            """)
    }
}
