import LMSCommandLine
import LMSCore

/// `lms course unarchive <course>`
struct CourseUnarchive: ServiceCommand, WritingCommand {
    static let name = "unarchive"
    static let summary = "Take a course of yours out of the archive: it can be changed again."
    static let details = """
        It is in lists again, as it was. See your archived courses with: lms course list --archived
        """
    static let examples = ["lms course unarchive BIO-101"]
    static var syntax: Syntax<Self> { [.course(\.course)] }

    var course = CourseReference("")
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.written(await service.perform(UnarchiveCourse(course: course)))
    }
}
