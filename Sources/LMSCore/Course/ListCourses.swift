/// Lists courses: one's own, or the whole catalogue.
package struct ListCourses: Query {
    package static var useCaseClass: UseCaseClass { .reads }

    package enum Scope: String, Codable, Sendable, CaseIterable {
        /// A student's followed courses, those that a teacher teaches.
        case mine
        case all
    }

    package var scope: Scope?
    /// Only those that have these words, best match first.
    package var words: String?
    /// Whether archived ones are listed, too: those that one teaches or is in.
    package var archived: Bool?
    package var limit: Int?
    package var after: Cursor?

    package init(
        scope: Scope? = nil, words: String? = nil, archived: Bool? = nil, limit: Int? = nil, after: Cursor? = nil
    ) {
        self.scope = scope
        self.words = words
        self.archived = archived
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<Course> {
        let request = try PageRequest(limit: limit, after: after)
        var courses = context.courses
        courses.withArchived = archived ?? false
        if let words {
            return try courses.matching(
                SearchWords(words), scope ?? .mine, of: context.principal.role, request)
        }
        switch (scope ?? .mine, context.principal.role) {
        case (.all, _): return try courses.all(request)
        case (.mine, .teacher): return try courses.taught(request)
        case (.mine, .student): return try courses.followed(request)
        }
    }

    enum CodingKeys: String, CodingKey {
        case scope
        case words = "q"
        case archived, limit, after
    }
}
