internal import LMSCommandLine
internal import LMSCore

/// `lms course join <course>`
struct CourseJoin: ServiceCommand, WritingCommand {
    static let name = "join"
    static let summary = "Enroll in a course, or ask to."
    static let details = """
        An open course enrolls at once; one with approval makes a request that its teacher grants.
        """
    static let examples = ["lms course join BIO-101"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course)
        ]
    }

    var course = CourseReference("")
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let membership = try await service.perform(JoinCourse(course: course))
        try context.printer.written(membership)
        if membership.record.status == .pending {
            context.printer.remark("Its teacher must approve first. See how it stands with: lms course list")
        }
    }
}
