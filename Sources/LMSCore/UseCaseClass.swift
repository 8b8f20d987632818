/// What a use case does with what its caller has. Each one states its class, and a token that can do less is held to it
/// (`Policy.requireMay`).
package enum UseCaseClass: Sendable, CaseIterable {
    /// Needs nobody who is signed in.
    case open
    /// Reads; with a token for some courses, of these alone.
    case reads
    /// Reads what a token for some courses must not see.
    case readsAccount
    /// Changes a course that it names, or what is in one.
    case writesInCourse
    /// Changes what belongs to the account as a whole: its courses and memberships, its tokens, its password.
    case writesAccount
    /// Ends its own session.
    case signsOut

    package var writes: Bool {
        switch self {
        case .open, .reads, .readsAccount: false
        case .writesInCourse, .writesAccount, .signsOut: true
        }
    }
}
