internal import LMSCommandLine
internal import LMSCore

/// `lms user list`
struct UserList: OperatorCommand {
    static let name = "list"
    static let summary = "List all accounts."
    static let details = """
        --search finds people by name, number or username. The beginning of a word is enough; all of the words must be there.

        The state is active; locked, where a password must be set first (lms user set-password); or disabled.
        """
    static let examples = ["lms user list --format csv", #"lms user list --search "siti aminah""#]
    static var syntax: Syntax<Self> {
        [
            .option(
                "--search", \.search, takes: .text, value: "words", "Only users with these words in name, number or username.")
        ]
    }

    var search: String?
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let service = try context.operator
        try await context.printer.list(orSay: nothing(in: context)) { after in
            try await service.operate(ListUsers(words: search, limit: CommandContext.pageSize, after: after))
        }
    }

    private func nothing(in context: CommandContext) -> EmptyList {
        if let search {
            return EmptyList(
                "Nobody in \(context.target.name) has '\(search)'.",
                next: "All of the words must be there: try fewer, or only how they begin.")
        }
        return EmptyList(
            "There is no account in \(context.target.name) yet.",
            next: "Make one with: lms register USERNAME --role teacher")
    }
}
