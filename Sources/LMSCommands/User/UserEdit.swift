internal import LMSCommandLine
internal import LMSCore

/// `lms user edit <username>`
struct UserEdit: OperatorCommand, WritingCommand {
    static let name = "edit"
    static let summary = "Give a user a name or a number."
    static let details = """
        What is not given stays; an empty --name or --number takes it away. A name that you give is changed by nobody else.
        """
    static let examples = [#"lms user edit siti --name "Siti Aminah" --number 0081234567"#]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Whose account."),
            .option("--name", \.fullName, takes: .text, "What the person is called."),
            .option("--number", \.number, takes: .text, "The school's own number of the person: A-Z a-z 0-9 . / -"),
        ]
    }

    var username = Username("")
    var fullName: PersonName?
    var number: PersonNumber?
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        guard fullName != nil || number != nil else {
            throw LMSError(.usage, "nothing to change was given", hint: "See: lms help user edit")
        }
        try context.printer.written(
            await context.operator.operate(EditUser(username: username, name: fullName, number: number)))
    }
}
