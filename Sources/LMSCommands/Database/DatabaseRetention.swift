internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms db retention [<lifetime>]`
struct DatabaseRetention: OperatorCommand, WritingCommand {
    static let name = "retention"
    static let summary = "Show or change for how long the log and the trash are kept."
    static let details = """
        The log is kept for 365d unless you say otherwise. What is older is forgotten at once, for good: on a terminal, \
        you are asked before; a dry run tells how many acts that are. What was taken away can come back for 30d, and is seen by nobody from then on.
        """
    static let examples = ["lms db retention 730d --dry-run", "lms db retention --trash 90d"]
    static var syntax: Syntax<Self> {
        [
            .optional("lifetime", \.lifetime, "How long the log is kept: days, such as 730d."),
            .option("--trash", \.trash, value: "time", "How long the trash is kept: 90d. 0d: not at all."),
            .group(\.confirming),
        ]
    }

    var lifetime: Lifetime?
    var trash: Lifetime?
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let service = try context.operator
        guard lifetime != nil || trash != nil else {
            return try context.printer.record(await service.operate(ShowLogRetention()))
        }
        let changed = try await context.confirmed(confirming, unattended: .done) { expected in
            let count = expected.record.forgotten
            return count == 0 ? nil : Question("Forget \(counted(count, "act")) of the log, for good?")
        } _: { isDryRun in
            try await context.target.localService(isDryRun: isDryRun).operate(SetLogRetention(log: lifetime, trash: trash))
        }
        if let changed { try context.printer.written(changed) }
    }
}
