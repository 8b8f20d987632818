internal import ArgumentParser
internal import LMSCore

/// `lms user list`
struct UserList: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", _superCommandName: "lms user",
        abstract: "List all accounts.",
        discussion: """
            The state is active; locked, where a password must be set first (lms user set-password); or disabled.

            Example:
              lms user list --format csv
            """)

    @OptionGroup
    var options: GlobalOptions

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
