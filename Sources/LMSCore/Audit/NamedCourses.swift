internal import LMSDatabase

/// The courses in the log that somebody names: the one with an id, or those that had a code when they
/// were deleted.
struct NamedCourses {
    /// A condition on the table `audit`.
    let filter: SQL

    /// The courses that are gone, of one owner.
    ///
    /// - Returns: `nil` for a text that can name none.
    init?(deleted reference: CourseReference, of owner: UserID) {
        guard let courses = Self.deleted(reference, "AND owner_id = \(owner)") else { return nil }
        filter = "owner_id = \(owner) AND \(courses)"
    }

    /// All courses, whoever they belong to; of a code the one that has it as well.
    init?(_ reference: CourseReference) {
        guard let courses = Self.deleted(reference, "") else { return nil }
        let code = CourseCode(reference.text)
        filter =
            code.isValid
            ? "\(courses) OR course_id IN (SELECT id FROM course WHERE lower(code) = \(code.folded))"
            : courses
    }

    private static func deleted(_ reference: CourseReference, _ owner: SQL) -> SQL? {
        if let id = reference.id { return "course_id = \(id)" }
        let code = CourseCode(reference.text)
        guard code.isValid else { return nil }
        // As the index `audit_deleted` has it, which few rows are in.
        return """
            course_id IN (
                SELECT course_id FROM audit
                WHERE action = 'course.delete' AND lower(course) = \(code.folded) \(owner))
            """
    }
}
