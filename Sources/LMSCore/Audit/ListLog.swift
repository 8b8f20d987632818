/// Lists who did what to a course, or to all courses that one owns, deleted ones too; newest first.
package struct ListLog: Query {
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
        let rows = context.transaction.auditRows
        guard let course else {
            try Policy.requireMayOwnCourses(context.principal)
            let request = try PageRequest(limit: limit, after: after)
            return try rows.page(of: context.principal.id, request, at: context.now)
        }
        let found = try context.courses.find(course)
        try Policy.requireMayManage(found, context.principal)
        let request = try PageRequest(limit: limit, after: after)
        return try rows.page(of: found.id, request, at: context.now)
    }
}
