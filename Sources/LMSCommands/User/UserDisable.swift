internal import ArgumentParser
internal import LMSCore

/// `lms user disable <username>`
struct UserDisable: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", _superCommandName: "lms user",
        abstract: "Keep a user out, and end the user's sessions and tokens.",
        discussion: """
            What the user made stays.

            Example:
              lms user disable budi
            """)

    @Argument(help: "Whom to keep out.")
    var username: Username

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.printer.written(await context.operator.operate(DisableUser(username: username)))
    }
}
