internal import LMSCommandLine
internal import LMSCore

/// `lms user edit <username>`
struct UserEdit: OperatorCommand, WritingCommand {
    static let name = "edit"
    static let summary = "Change a user's name, number or username."
    static let details = """
        What you do not name stays as it is; an empty --name or --number, '', removes it. The user cannot change a name that \
        you gave. The old username goes to nobody else for a year; whoever types it is told the new one.
        """
    static let examples = [#"lms user edit siti --name "Siti Aminah" --number 0081234567"#]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whose account."),
            .option("--name", \.fullName, takes: .text, "The person's full name."),
            .option("--number", \.number, takes: .text, "The school's own number: A-Z a-z 0-9 . / -"),
            .option("--username", \.newUsername, takes: .text, "The new username: 1 to 25 of A-Z a-z 0-9 . _ -"),
        ]
    }

    var username = Username("")
    var fullName: PersonName?
    var number: PersonNumber?
    var newUsername: Username?
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        guard fullName != nil || number != nil || newUsername != nil else {
            throw LMSError(.usage, "nothing to change was given", hint: "See: lms help user edit")
        }
        try context.printer.written(
            await context.operator.operate(EditUser(username: username, name: fullName, number: number, newUsername: newUsername)))
    }
}
