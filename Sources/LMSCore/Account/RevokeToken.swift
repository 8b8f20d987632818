internal import LMSText

/// Ends one of one's own sessions.
package struct RevokeToken: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var id: SessionReference

    package init(id: SessionReference) {
        self.id = id
    }

    package func perform(in context: Context) throws -> Written<Session> {
        let owner = context.principal.id
        guard let id = SessionID(id.text),
            let session = try context.sessions.find(id, of: owner, at: context.now)
        else {
            throw LMSError(
                .notFound, "you have no token \(quoted(self.id.text))",
                hint: "See yours with: lms token list")
        }
        _ = try context.sessions.delete(id, of: owner)
        try context.audit(.revokeToken, subject: session.label)
        return context.written(session, .deleted)
    }
}

/// The id of a session as somebody wrote it.
package struct SessionReference: Reference {
    package let text: String
    package init(_ text: String) { self.text = text }
}
