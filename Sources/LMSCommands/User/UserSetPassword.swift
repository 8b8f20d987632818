internal import LMSCommandLine
internal import LMSCore

/// `lms user set-password <username>`
struct UserSetPassword: OperatorCommand, WritingCommand {
    static let name = "set-password"
    static let summary = "Give a user a new password, and end the user's sessions and tokens."
    static let examples = ["lms user set-password siti"]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whose password."),
            .flag("--password-stdin", at: \.passwordStdin, "Read the password from standard input."),
        ]
    }

    var username = Username("")
    var passwordStdin = false
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let service = try context.operator
        let password =
            try passwordStdin
            ? context.console.readNewPassword().password
            : context.console.askNewPassword("New password for \(username)", for: username)
        let ended = try await service.operate(SetPassword(username: username, password: password))
        if !isDryRun {
            context.console.note(ended.record.sentence(of: " of '\(ended.record.username)'"))
        }
        try context.printer.written(ended)
    }
}
