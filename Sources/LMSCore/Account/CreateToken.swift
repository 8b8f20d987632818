package import LMSText

/// Makes a session for a script: it lasts as long as asked, and does not end for being idle.
package struct CreateToken: Mutation {
    package static var useCaseClass: UseCaseClass { .writesAccount }

    package var label: String
    package var lifetime: Lifetime?
    /// Whether it may only read.
    package var isReadOnly: Bool?
    /// The courses that it is for; `nil` for all that its owner has.
    package var courses: [CourseReference]?

    package static let defaultLifetime = Lifetime.days(90)

    package init(label: String, lifetime: Lifetime? = nil, isReadOnly: Bool? = nil, courses: [CourseReference]? = nil) {
        self.label = label
        self.lifetime = lifetime
        self.isReadOnly = isReadOnly
        self.courses = courses
    }

    package func perform(in context: Context) throws -> Written<NewToken> {
        let label = try Title.checked(label, of: "label")
        let lifetime = try (lifetime ?? Self.defaultLifetime).checkedForSession("a token")
        let courses = try courses.map { try found($0, in: context) }
        let token = SessionToken.random()
        try context.sessions.deleteDead(of: context.principal.id, at: context.now)
        let id = try context.sessions.insert(
            token.hash, of: context.principal.id, label: label, at: context.now, lifetime: lifetime,
            idleLimit: nil, isReadOnly: isReadOnly == true, courses: courses?.map(\.id))
        let session = NewSession(
            id: context.created(id), label: label, createdAt: context.now,
            expiresAt: context.now + lifetime, lastUsedAt: nil,
            scope: TokenScope(isReadOnly: isReadOnly == true, courses: courses?.map(\.code)))
        try context.audit(.createToken, subject: label)
        return context.written(NewToken(token: context.created(token), session: session), .created)
    }

    /// The courses that are named, each once, by their codes.
    private func found(_ references: [CourseReference], in context: Context) throws -> [Course] {
        guard !references.isEmpty else {
            throw LMSError(.invalid, "a token is for at least one course", hint: "Leave courses out for all.")
        }
        guard references.count <= TokenScope.courseLimit else {
            throw LMSError(
                .invalid, "a token is for at most \(TokenScope.courseLimit) courses, not \(references.count)",
                hint: "Leave courses out for all.")
        }
        var seen: Set<CourseID> = []
        return try references.map { try context.courses.find($0) }.filter { seen.insert($0.id).inserted }
            .sorted { $0.code.folded < $1.code.folded }
    }

    enum CodingKeys: String, CodingKey {
        case label, lifetime
        case isReadOnly = "read_only"
        case courses
    }
}

/// A session with its secret, which is shown this once. Encoded as the session's keys and `token`.
package struct NewToken: Codable, Sendable {
    /// None in a dry run.
    package let token: SessionToken?
    package let session: NewSession

    init(token: SessionToken?, session: NewSession) {
        self.token = token
        self.session = session
    }

    private enum CodingKeys: String, CodingKey {
        case token
    }

    package init(from decoder: any Decoder) throws {
        session = try NewSession(from: decoder)
        token = try decoder.container(keyedBy: CodingKeys.self)
            .decodeIfPresent(SessionToken.self, forKey: .token)
    }

    package func encode(to encoder: any Encoder) throws {
        try session.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(token, forKey: .token)
    }
}
