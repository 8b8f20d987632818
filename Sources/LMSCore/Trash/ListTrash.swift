internal import LMSDatabase
internal import LMSText

/// Lists what was taken away lately of the courses that one teaches, newest first.
package struct ListTrash: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    /// Only what was in this course; it may be in the trash itself, and is named by its code then.
    package var course: CourseReference?
    package var limit: Int?
    package var after: Cursor?

    package init(course: CourseReference? = nil, limit: Int? = nil, after: Cursor? = nil) {
        self.course = course
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<TrashEntry> {
        let filter = try course.map { try Self.filter($0, in: context) } ?? ""
        try Policy.requireMayOwnCourses(context.principal)
        let request = try PageRequest(limit: limit, after: after)
        return try context.trash.page(
            of: context.principal.id, filter, within: context.principal.limits.cut, request,
            since: try context.earliestTrash())
    }

    private static func filter(_ reference: CourseReference, in context: Context) throws -> SQL {
        if let course = try context.courses.named(reference) {
            try Policy.requireMayManage(course, context.principal, .read)
            return " AND trash.course_id = \(course.id)"
        }
        let code = CourseCode(reference.text)
        guard code.isValid, context.principal.role == .teacher,
            try context.trash.hasCourse(called: code, of: context.principal.id, since: context.earliestTrash())
        else { throw LMSError.noCourse(reference) }
        return " AND lower(trash.course) = \(code.folded)"
    }
}
