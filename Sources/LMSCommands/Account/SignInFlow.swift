internal import LMSCore
internal import LMSText

/// Signs in and remembers it. Nobody is told "signed in" without a session that was saved.
struct SignInFlow {
    private let context: CommandContext

    init(_ context: CommandContext) {
        self.context = context
    }

    func signIn(
        _ username: Username, _ password: GivenPassword, lifetime: Lifetime?
    ) async throws -> SignedInSession {
        let file = try context.target.sessionFile
        try file.prepareForUpdate(at: context.invocation.clock())
        let target = try context.target.key
        let service = try context.openService
        let signIn = try await password.tried(context.console) {
            try await service.perform(LogIn(username: username, password: $0, lifetime: lifetime))
        }
        do {
            try file.update(at: context.invocation.clock()) { contents in
                contents.current = target
                contents.sessions[target] = SessionFile.StoredSession(
                    username: signIn.user.username, token: signIn.token, expiresAt: signIn.expiresAt)
            }
        } catch {
            try await revoke(signIn.token)
            throw error
        }
        return SignedInSession(
            account: SignedInAccount(
                username: signIn.user.username, role: signIn.user.role, expiresAt: signIn.expiresAt),
            target: target)
    }

    /// Ends a session whose token nobody has.
    func revoke(_ token: SessionToken) async throws {
        _ = try await context.target.service(token: token, isDryRun: false).perform(LogOut())
    }
}
