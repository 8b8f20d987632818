internal import ArgumentParser
internal import LMSCore

/// `lms user transfer <from> <to>`
struct UserTransfer: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "transfer", _superCommandName: "lms user",
        abstract: "Hand all courses of one teacher over to another.",
        discussion: """
            Example:
              lms user transfer ani dewi
            """)

    @Argument(help: "The teacher who gives.")
    var from: Username

    @Argument(help: "The teacher who takes.")
    var to: Username

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.printer.written(await context.operator.operate(TransferCourses(from: from, to: to)))
    }
}
