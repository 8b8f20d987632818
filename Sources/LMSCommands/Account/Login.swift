internal import ArgumentParser
internal import LMSCore
internal import LMSText

/// `lms login <username>`
struct Login: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", _superCommandName: "lms",
        abstract: "Sign in, and make this the current target.",
        discussion: """
            Asks for the name where it is not given, and for the password. The session is kept in ~/.lms_session, or in LMS_SESSION_FILE.

            Example:
              lms login ani
            """)

    @Argument(help: "The name that was registered.")
    var username: Username?

    @Flag(help: "Read the password from standard input.")
    var passwordStdin = false

    @Option(help: "How long the session lasts: 30d, 12h. At most 365d.")
    var lifetime: Lifetime?

    @Flag(help: "Print the session's token, and remember nothing.")
    var printToken = false

    @OptionGroup
    var options: GlobalOptions

    static var changesData: Bool { true }

    func validate() throws {
        guard !printToken || options.chosenFormat == nil else {
            throw ValidationError("give only one of --print-token and a format")
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
