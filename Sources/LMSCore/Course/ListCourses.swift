/// Lists courses: one's own, or the whole catalogue.
package struct ListCourses: Query {
    package enum Scope: String, Codable, Sendable, CaseIterable {
        /// A student's followed courses, a teacher's own ones.
        case mine
        case all
    }

    package var scope: Scope?
    package var limit: Int?
    package var after: Cursor?

    package init(scope: Scope? = nil, limit: Int? = nil, after: Cursor? = nil) {
        self.scope = scope
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<Course> {
        let request = try PageRequest(limit: limit, after: after)
        switch (scope ?? .mine, context.principal.role) {
        case (.all, _): return try context.courses.all(request)
        case (.mine, .teacher): return try context.courses.owned(request)
        case (.mine, .student): return try context.courses.followed(request)
        }
    }
}
