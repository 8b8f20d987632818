/// Lists one's own sessions that are alive, sign-ins too.
package struct ListTokens: Query {
    package static var useCaseClass: UseCaseClass { .readsAccount }

    package var limit: Int?
    package var after: Cursor?

    package init(limit: Int? = nil, after: Cursor? = nil) {
        self.limit = limit
        self.after = after
    }

    package func perform(in context: Context) throws -> Page<Session> {
        let request = try PageRequest(limit: limit, after: after)
        return try context.sessions.page(of: context.principal.id, request, at: context.now)
    }
}
