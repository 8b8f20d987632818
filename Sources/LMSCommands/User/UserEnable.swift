internal import LMSCommandLine
internal import LMSCore

/// `lms user enable <username>`
struct UserEnable: OperatorCommand, WritingCommand {
    static let name = "enable"
    static let summary = "Let a disabled user in again."
    static let examples = ["lms user enable budi"]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whom to let in.")
        ]
    }

    var username = Username("")
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        let enabled = try await context.operator.operate(EnableUser(username: username))
        try context.printer.written(enabled)
        if enabled.outcome == .unchanged {
            // The account may be locked, which is mended by a new password.
            context.printer.remark(
                "It was not disabled. A new password is given with: lms user set-password \(enabled.record.username)"
            )
        }
    }
}
