internal import LMSText

/// Ends the session of the token, or all of the user's.
package struct LogOut: Mutation {
    package static var useCaseClass: UseCaseClass { .signsOut }

    package var all: Bool?

    package init(all: Bool = false) {
        self.all = all
    }

    package func perform(in context: Context) throws -> Written<EndedSessions> {
        let principal = context.principal
        if all == true { try Policy.requireMay(.writesAccount, principal) }
        let ended =
            all == true
            ? try context.sessions.deleteAll(of: principal.id, at: context.now)
            : try context.sessions.delete(principal.session, of: principal.id)
        if ended.tokens > 0 {
            try context.audit(.revokeToken, subject: counted(ended.tokens, "token"))
        }
        return context.written(EndedSessions(username: principal.username, ended), .deleted)
    }
}
