internal import LMSCommandLine
internal import LMSCore

/// `lms user delete <username>`
struct UserDelete: OperatorCommand, WritingCommand {
    static let name = "delete"
    static let summary = "Delete an account that owns no course and is in none."
    static let examples = ["lms user delete budi"]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whose account."),
            .group(\.confirming),
        ]
    }

    var username = Username("")
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

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
