internal import LMSCommandLine
internal import LMSCore

/// `lms user withdraw <username> <course> ...`
struct UserWithdraw: OperatorCommand, WritingCommand {
    static let name = "withdraw"
    static let summary = "Take somebody out of courses, all of them or none."
    static let details = """
        A student leaves the roster; a teacher teaches the course no longer, beside its owner. Courses that somebody owns go to \
        another teacher with lms user transfer.
        """
    static let examples = ["lms user withdraw budi BIO-101"]
    static var syntax: Syntax<Self> {
        [
            .argument("username", \.username, "Who leaves."),
            .arguments("courses", \.courses, "The ids or codes of the courses."),
        ]
    }

    var username = Username("")
    var courses: [CourseReference] = []
    var isDryRun = false
    var options = GlobalOptions()

    func run(in context: CommandContext) async throws {
        try context.printer.written(await context.operator.operate(WithdrawUser(username: username, courses: courses)))
    }
}
