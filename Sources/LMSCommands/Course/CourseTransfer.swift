internal import LMSCommandLine
internal import LMSCore

/// `lms course transfer <course> <username>`
struct CourseTransfer: ServiceCommand, WritingCommand {
    static let name = "transfer"
    static let summary = "Give a course of yours to another of its teachers."
    static let details = """
        You stay one of its teachers; only its new owner can give it back.
        """
    static let examples = ["lms course transfer BIO-101 budi"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .argument("username", \.username, "The teacher to whom it goes."),
        ]
    }

    var course = CourseReference("")
    var username = Username("")
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.written(await service.perform(TransferCourse(course: course, to: username)))
    }
}
