internal import LMSCommandLine
internal import LMSCore

/// `lms user edit <username>`
struct UserEdit: OperatorCommand, WritingCommand {
    static let name = "edit"
    static let summary = "Give a user another name, number or username."
    static let details = """
        What is not given stays; an empty --name or --number takes it away. A name that you give is changed by nobody else. A \
        username that is given up goes to nobody else for a year, and who names it is told the new one.
        """
    static let examples = [#"lms user edit siti --name "Siti Aminah" --number 0081234567"#]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whose account."),
            .option("--name", \.fullName, takes: .text, "What the person is called."),
            .option("--number", \.number, takes: .text, "The school's own number of the person: A-Z a-z 0-9 . / -"),
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
