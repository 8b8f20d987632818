internal import LMSCommandLine
internal import LMSCore

/// `lms user disable <username>`
struct UserDisable: OperatorCommand, WritingCommand {
    static let name = "disable"
    static let summary = "Keep a user out, and end the user's sessions and tokens."
    static let details = """
        What the user made stays.
        """
    static let examples = ["lms user disable budi"]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whom to keep out.")
        ]
    }

    var username = Username("")
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        try context.printer.written(await context.operator.operate(DisableUser(username: username)))
    }
}
