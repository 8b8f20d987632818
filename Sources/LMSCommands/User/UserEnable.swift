internal import ArgumentParser
internal import LMSCore

/// `lms user enable <username>`
struct UserEnable: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", _superCommandName: "lms user",
        abstract: "Let a disabled user in again.",
        discussion: """
            Example:
              lms user enable budi
            """)

    @Argument(help: "Whom to let in.")
    var username: Username

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let enabled = try await context.operator.operate(EnableUser(username: username))
        try context.printer.written(enabled)
        if enabled.outcome == .unchanged {
            // The account may be locked, which is mended by a new password.
            context.printer.remark(
                "It was not disabled. A new password is given with: lms user set-password \(enabled.record.username)"
            )
        }
    }
}
