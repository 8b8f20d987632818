internal import LMSCore

/// Signs in and remembers it. Nobody is told "signed in" without a session that was saved.
struct SignInFlow {
    private let context: CommandContext

    init(_ context: CommandContext) {
        self.context = context
    }

    func signIn(
        _ username: Username, _ password: GivenPassword, lifetime: Lifetime?
    ) async throws -> SignedInSession {
        let file = try context.sessionFile
        try file.prepareForUpdate(at: context.invocation.clock())
        let target = try context.target
        let service = try context.service
        let signIn = try await password.tried(context.console) {
            try await service.perform(LogIn(username: username, password: $0, lifetime: lifetime))
        }
        do {
            try file.update(at: context.invocation.clock()) { contents in
                contents.current = target.key
                contents.sessions[target.key] = SessionFile.StoredSession(
                    username: signIn.user.username, token: signIn.token, expiresAt: signIn.expiresAt)
            }
        } catch {
            try await revoke(signIn.token)
            throw error
        }
        return SignedInSession(
            account: SignedInAccount(
                username: signIn.user.username, role: signIn.user.role, expiresAt: signIn.expiresAt),
            target: target.key)
    }

    /// A session that nobody can use must not live on.
    func revoke(_ token: SessionToken) async throws {
        _ = try await context.service(token: token).perform(LogOut())
    }
}
