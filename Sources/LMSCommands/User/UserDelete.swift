internal import ArgumentParser
internal import LMSCore

/// `lms user delete <username>`
struct UserDelete: OperatorCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", _superCommandName: "lms user",
        abstract: "Delete an account that owns no course and is in none.",
        discussion: """
            Example:
              lms user delete budi
            """)

    @Argument(help: "Whose account.")
    var username: Username

    @OptionGroup
    var confirming: ConfirmOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.requireConfirmation(confirming)
        let deleted = try await context.confirmed(confirming, unattended: .refused) { expected in
            Question("Delete the account '\(expected.record.username)'?")
        } _: { isDryRun in
            try await context.target.localService(isDryRun: isDryRun).operate(DeleteUser(username: username))
        }
        if let deleted { try context.printer.written(deleted) }
    }
}
