internal import LMSCommandLine
internal import LMSCore

/// `lms register <username> --role <role>`
struct Register: WritingCommand {
    static let name = "register"
    static let summary = "Create an account."
    static let details = """
        Asks for the password, and on a terminal for what else is missing. The database is made where there is none.
        """
    static let examples = ["lms register ani --role teacher --login"]
    static var syntax: Syntax<Self> {
        [
            .optional("username", \.username, "The name to register: 1 to 25 of A-Z a-z 0-9 . _ -"),
            .option("--role", \.role, "What the account is for: teacher or student."),
            .option("--name", \.fullName, takes: .text, "Your full name."),
            .flag("--password-stdin", at: \.passwordStdin, "Read the password from standard input."),
            .flag("--login", at: \.login, "Sign in at once."),
            .flag("--if-not-exists", at: \.ifNotExists, "Be content with an account of that name and role that is there already."),
        ]
    }

    var username: Username?
    var role: Role?
    var fullName: PersonName?
    var passwordStdin = false
    var login = false
    var ifNotExists = false
    var isDryRun = false
    var options = GlobalOptions()

    static var createsDatabase: Bool { true }

    func run(in context: CommandContext) async throws {
        if username == nil { try context.console.requireAnswers(for: "<username>", of: "register") }
        if role == nil { try context.console.requireAnswers(for: "--role <role>", of: "register") }
        let username = try self.username ?? context.console.askUsername().checked()
        let role = try self.role ?? context.console.askRole()
        // With `--login`, no account is made where the session could not be saved.
        if login && !isDryRun {
            try context.target.sessionFile.prepareForUpdate(at: context.invocation.clock())
        }
        try warnOfNewDatabase(for: role, in: context)
        let password: GivenPassword
        if passwordStdin {
            password = try context.console.readNewPassword()
        } else {
            let checked = try username.checked()
            try await context.target.reach()
            password = GivenPassword(
                try context.console.askNewPassword(
                    "Password for \(checked)", for: ifNotExists ? nil : checked))
        }
        let written = try await context.openService.perform(
            RegisterUser(
                username: username, password: password.password, role: role, ifNotExists: ifNotExists, name: fullName))
        if written.outcome == .unchanged {
            context.console.note("'\(username)' was registered before; the password was left as it is.")
        }
        if login && !isDryRun {
            _ = try await SignInFlow(context).signIn(username, password, lifetime: nil)
        }
        try context.printer.written(written)
        if !login, written.outcome == .created {
            context.printer.remark("Sign in with: lms login \(username)\(context.target.lineOptions)")
        }
    }

    /// A student who is about to make a database has more often not been told of the school's server.
    private func warnOfNewDatabase(for role: Role, in context: CommandContext) throws {
        guard role == .student, !isDryRun, !options.quiet, context.console.errorIsTerminal,
            case .database(.file(let file)) = try context.target.resolved.target, file.isMissing
        else { return }
        context.console.note("There is no database at \(file.path) yet: this makes an empty one.")
        context.console.note(
            "If your school has a server, ask for its address: lms register USERNAME --role student --server URL"
        )
    }
}
