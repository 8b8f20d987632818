/// What a user, a script or a client is told when something cannot be done.
///
/// The code is what programs match; the words are for people.
package struct LMSError: Error, Codable, Sendable, Equatable {
    /// The reasons that a program can act on. Docs/Scripting.md has the exit code of each, Docs/HTTP.md the status.
    package enum Code: String, Codable, Sendable, CaseIterable {
        case usage
        case malformed
        case invalid
        case tooLarge = "too_large"
        case notFound = "not_found"
        case unavailable
        case `internal`
        case methodNotAllowed = "method_not_allowed"
        case unsupportedType = "unsupported_type"
        case conflict
        case io
        case busy
        case throttled
        case wrongPassword = "wrong_password"
        case denied
        case notSignedIn = "not_signed_in"
    }

    package let code: Code
    package let message: String
    /// What to do next.
    package let hint: String?
    /// After how many seconds the same request may work.
    package let retryAfter: Int?
    /// What is wrong in files, where that is it; the message then sums up.
    package let problems: [FileProblem]?
    /// What happened inside, each with its cause behind it: for a server's log and for `LMS_DEBUG`, and never sent. What
    /// gives access is not in it.
    package var causes: [String] { inside.map(Secrets.hidden) }
    /// The same as it came: nobody but `causes` reads it, because looking for secrets takes time that few errors need.
    private var inside: [String] = []

    package init(
        _ code: Code, _ message: String, hint: String? = nil, retryAfter: Int? = nil,
        problems: [FileProblem]? = nil, causes: [String] = []
    ) {
        self.code = code
        self.message = message
        self.hint = hint
        self.retryAfter = retryAfter
        self.problems = problems
        inside = causes
    }

    /// The same in other words.
    package func reworded(_ message: String? = nil, hint: String?) -> LMSError {
        LMSError(
            code, message ?? self.message, hint: hint, retryAfter: retryAfter, problems: problems,
            causes: inside)
    }

    /// The same with what happened inside.
    package func caused(by causes: [String]) -> LMSError {
        LMSError(
            code, message, hint: hint, retryAfter: retryAfter, problems: problems, causes: causes)
    }

    enum CodingKeys: String, CodingKey {
        case code, message, hint
        case retryAfter = "retry_after"
        case problems
    }
}

extension LMSError {
    package static let notSignedIn = LMSError(
        .notSignedIn, "you are not signed in", hint: "Sign in with: lms login USERNAME")
}
