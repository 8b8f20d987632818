internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms login <username>`
struct Login: ContextCommand {
    static let name = "login"
    static let summary = "Sign in, and make this the current target."
    static let details = """
        Asks for the name where it is not given, and for the password. The session is kept in ~/.lms_session, or in LMS_SESSION_FILE.
        """
    static let examples = ["lms login ani"]
    static var syntax: Syntax<Self> {
        [
            .optional("username", \.username, "The name that was registered."),
            .flag("--password-stdin", at: \.passwordStdin, "Read the password from standard input."),
            .option("--lifetime", \.lifetime, "How long the session lasts: 30d, 12h. At most 365d."),
            .flag("--print-token", at: \.printToken, "Print the session's token, and remember nothing."),
        ]
    }

    var username: Username?
    var passwordStdin = false
    var lifetime: Lifetime?
    var printToken = false
    var options = GlobalOptions()

    static var changesData: Bool { true }

    func check() throws(LineMistake) {
        guard !printToken || options.chosenFormat == nil else {
            throw .refused("give only one of --print-token and a format")
        }
    }

    func run(in context: CommandContext) async throws {
        if username == nil { try context.console.requireAnswers(for: "<username>", of: "login") }
        // A missing database is reported before the password is asked for.
        let service = try context.openService
        if !passwordStdin { try await context.target.reach() }
        // What cannot be a username has no account, and the hint below would show it in a line to run.
        let username = try (self.username ?? context.console.askUsername()).trimmed.checked()
        let password =
            try passwordStdin
            ? context.console.readPassword()
            : GivenPassword(context.console.askPassword("Password for \(username)"))
        do {
            try await signIn(username, password, on: service, in: context)
        } catch let error as LMSError where error.code == .wrongPassword && error.hint == nil {
            throw error.reworded(
                hint: "Forgotten? Your administrator can set a new one: lms user set-password \(username)")
        }
    }

    private func signIn(
        _ username: Username, _ password: GivenPassword, on service: any LMSService,
        in context: CommandContext
    ) async throws {
        guard printToken else {
            let session = try await SignInFlow(context).signIn(username, password, lifetime: lifetime)
            return try context.printer.record(session)
        }
        let signIn = try await password.tried(context.console) {
            try await service.perform(LogIn(username: username, password: $0, lifetime: lifetime))
        }
        do {
            try context.printer.line(signIn.token.secret)
            try context.printer.finish()
        } catch {
            // The token was not printed, so nobody can use or end its session: it is revoked.
            try await SignInFlow(context).revoke(signIn.token)
            throw (error as? OutputFailure)?.reason ?? error
        }
    }
}
