internal import LMSCommandLine
internal import LMSCore

/// `lms user set-role <username> <role>`
struct UserSetRole: OperatorCommand, WritingCommand {
    static let name = "set-role"
    static let summary = "Make a student a teacher, or a teacher a student."
    static let details = """
        Not while the user owns courses or is in one.
        """
    static let examples = ["lms user set-role siti teacher"]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whose role."),
            .argument("role", \.role, "The new role: teacher or student."),
        ]
    }

    var username = Username("")
    var role = Role.student
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        try context.printer.written(
            await context.operator.operate(SetRole(username: username, role: role)))
    }
}
