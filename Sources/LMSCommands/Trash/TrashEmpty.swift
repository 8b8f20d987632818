internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms trash empty [<id> ...]`
struct TrashEmpty: ServiceCommand, WritingCommand {
    static let name = "empty"
    static let summary = "Delete what was taken away of your courses, for good."
    static let details = """
        Without an id, everything. Asks first, on a terminal; from a script, --yes is needed.
        """
    static let examples = ["lms trash empty 12", "lms trash empty --yes"]
    static var syntax: Syntax<Self> {
        [
            .arguments("ids", \.entries, isRequired: false, "The numbers that lms trash list shows."),
            .group(\.confirming),
        ]
    }

    var entries: [TrashReference] = []
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func checkLine(in context: CommandContext) throws {
        try context.requireConfirmation(confirming)
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let emptied = try await context.confirmed(confirming, unattended: .refused) { expected in
            let count = expected.record.entries
            return count == 0 ? nil : Question("Delete \(counted(count, "thing")) for good?")
        } _: { isDryRun in
            try await service.perform(EmptyTrash(entries: entries.isEmpty ? nil : entries), isDryRun: isDryRun)
        }
        if let emptied { try context.printer.written(emptied) }
    }
}
