internal import LMSCommandLine
internal import LMSCore

/// `lms course show <course>`
struct CourseShow: ServiceCommand {
    static let name = "show"
    static let summary = "Show a course."
    static let examples = ["lms course show BIO-101"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course)
        ]
    }

    var course = CourseReference("")
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.record(await service.perform(ShowCourse(course: course)))
    }
}
