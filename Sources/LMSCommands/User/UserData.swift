internal import LMSCommandLine
internal import LMSCore

/// `lms user data <username>`
struct UserData: OperatorCommand {
    static let name = "data"
    static let summary = "Print all that is held of a person, as JSON."
    static let details = """
        For a person who asks, or whose parents ask. What other people wrote is not in it. The person can print the same with: \
        lms profile --data
        """
    static let examples = ["lms user data siti"]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whose data.")
        ]
    }

    var username = Username("")
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        try context.printer.json(await context.operator.operate(ShowUserData(username: username)))
    }
}
