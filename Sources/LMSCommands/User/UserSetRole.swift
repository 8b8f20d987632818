internal import ArgumentParser
internal import LMSCore

/// `lms user set-role <username> <role>`
struct UserSetRole: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-role", _superCommandName: "lms user",
        abstract: "Make a student a teacher, or a teacher a student.",
        discussion: """
            Not while the user owns courses or is in one.

            Example:
              lms user set-role siti teacher
            """)

    @Argument(help: "Whose role.")
    var username: Username

    @Argument(help: "The new role: teacher or student.")
    var role: Role

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.printer.written(
            await context.operator.operate(SetRole(username: username, role: role)))
    }
}
