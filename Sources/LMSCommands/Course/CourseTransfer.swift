internal import LMSCommandLine
internal import LMSCore

/// `lms course transfer <course> <username>`
struct CourseTransfer: ServiceCommand, WritingCommand {
    static let name = "transfer"
    static let summary = "Give a course of yours to another of its teachers."
    static let details = """
        You stay one of its teachers. Asks first, on a terminal: only its new owner can give it back.
        """
    static let examples = ["lms course transfer BIO-101 budi"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .argument("username", \.username, "The teacher to whom it goes."),
            .group(\.confirming),
        ]
    }

    var course = CourseReference("")
    var username = Username("")
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let transferred = try await context.confirmed(confirming, unattended: .done) { expected in
            Question("Give '\(expected.record.title)' to \(expected.record.teacher)?")
        } _: { isDryRun in
            try await service.perform(TransferCourse(course: course, to: username), isDryRun: isDryRun)
        }
        if let transferred { try context.printer.written(transferred) }
    }
}
