internal import ArgumentParser
internal import LMSCore

/// `lms user set-password <username>`
struct UserSetPassword: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-password", _superCommandName: "lms user",
        abstract: "Give a user a new password, and end the user's sessions and tokens.",
        discussion: """
            Example:
              lms user set-password siti
            """)

    @Argument(help: "Whose password.")
    var username: Username

    @Flag(help: "Read the password from standard input.")
    var passwordStdin = false

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

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
