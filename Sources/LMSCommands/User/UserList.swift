internal import LMSCommandLine
internal import LMSCore

/// `lms user list`
struct UserList: OperatorCommand {
    static let name = "list"
    static let summary = "List all accounts."
    static let details = """
        The state is active; locked, where a password must be set first (lms user set-password); or disabled.
        """
    static let examples = ["lms user list --format csv"]
    static var syntax: Syntax<Self> {
        []
    }

    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let service = try context.operator
        try await context.printer.list(orSay: nothing(in: context)) { after in
            try await service.operate(ListUsers(limit: CommandContext.pageSize, after: after))
        }
    }

    private func nothing(in context: CommandContext) -> EmptyList {
        EmptyList(
            "There is no account in \(context.target.name) yet.",
            next: "Make one with: lms register USERNAME --role teacher")
    }
}
