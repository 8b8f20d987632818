internal import LMSCommandLine
internal import LMSCore

/// `lms user transfer <from> <to>`
struct UserTransfer: OperatorCommand, WritingCommand {
    static let name = "transfer"
    static let summary = "Hand all courses of one teacher over to another."
    static let examples = ["lms user transfer ani dewi"]
    static var syntax: Syntax<Self> {
        [
            .argument("from", \.from, "The teacher who gives."),
            .argument("to", \.to, "The teacher who takes."),
        ]
    }

    var from = Username("")
    var to = Username("")
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        try context.printer.written(await context.operator.operate(TransferCourses(from: from, to: to)))
    }
}
