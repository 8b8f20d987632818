/// Lists the students of a course, by username.
package struct ListRoster: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var course: CourseReference
    package var status: EnrollmentStatus?
    package var limit: Int?
    package var after: Cursor?

    package init(
        course: CourseReference, status: EnrollmentStatus? = nil, limit: Int? = nil,
        after: Cursor? = nil
    ) {
        self.course = course
        self.status = status
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<RosterEntry> {
        _ = try after?.username()
        let course = try context.courses.find(course)
        try Policy.requireMayManage(course, context.principal)
        return try context.enrollments.page(
            of: course.id, status: status, try PageRequest(limit: limit, after: after))
    }
}
