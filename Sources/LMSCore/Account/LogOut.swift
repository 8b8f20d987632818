/// Ends the session of the token, or all of the user's.
package struct LogOut: Mutation {
    package var all: Bool?

    package init(all: Bool = false) {
        self.all = all
    }

    package func perform(in context: Context) throws -> Written<EndedSessions> {
        let principal = context.principal
        let count: Int
        if all == true {
            count = try context.sessions.deleteAll(of: principal.id, at: context.now)
        } else {
            count = try context.sessions.delete(principal.session, of: principal.id) ? 1 : 0
        }
        return context.written(
            EndedSessions(username: principal.username, sessions: count), .deleted)
    }
}

/// Whose sessions ended, and how many.
package struct EndedSessions: Codable, Sendable {
    package let username: Username
    package let sessions: Int

    package init(username: Username, sessions: Int) {
        self.username = username
        self.sessions = sessions
    }
}
