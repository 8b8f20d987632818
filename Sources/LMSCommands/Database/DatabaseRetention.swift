internal import ArgumentParser
internal import LMSCore

/// `lms db retention [<lifetime>]`
struct DatabaseRetention: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", _superCommandName: "lms db",
        abstract: "Show or change for how long the log is kept.",
        discussion: """
            It is kept for 365d unless you say otherwise. What is older is forgotten at once, for good: a dry run \
            tells how many acts that are.

            Example:
              lms db retention 730d --dry-run
            """)

    @Argument(help: "Days, such as 730d.")
    var lifetime: Lifetime?

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let service = try context.operator
        guard let lifetime else {
            return try context.printer.record(await service.operate(ShowLogRetention()))
        }
        try context.printer.written(await service.operate(SetLogRetention(log: lifetime)))
    }
}

extension LogRetention: Printable {
    static let columns: [Column<LogRetention>] = [
        Column("log") { Cell($0.log) },
        Column("forgotten") { Cell($0.forgotten) },
    ]

    var identity: String? { log.description }
}
