/// Lists who did what to a course, or to all courses that one teaches, deleted ones of one's own too; newest first.
///
/// A code names the course that one teaches and that has it; else those of one's own that had it when they were deleted. So a
/// script that makes its course anew each night reads the log of the one that is there.
package struct ListLog: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package var course: CourseReference?
    package var limit: Int?
    package var after: Cursor?

    package init(course: CourseReference? = nil, limit: Int? = nil, after: Cursor? = nil) {
        self.course = course
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<LogEntry> {
        _ = try after?.id(as: AuditID.self)
        let rows = context.log
        guard let course else {
            try Policy.requireMayOwnCourses(context.principal)
            let request = try PageRequest(limit: limit, after: after)
            return try rows.page(taughtBy: context.principal.id, request, at: context.now)
        }
        let live = try context.courses.named(course)
        if live?.isTaught != true,
            let gone = NamedCourses(deleted: course, of: context.principal.id), try rows.has(gone)
        {
            return try rows.page(of: gone, try PageRequest(limit: limit, after: after), at: context.now)
        }
        guard let live else { throw LMSError.noCourse(course) }
        try Policy.requireMayManage(live, context.principal, .read)
        return try rows.page(of: live.id, try PageRequest(limit: limit, after: after), at: context.now)
    }
}
