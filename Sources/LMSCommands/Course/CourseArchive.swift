import LMSCommandLine
import LMSCore

/// `lms course archive <course>`
struct CourseArchive: ServiceCommand, WritingCommand {
    static let name = "archive"
    static let summary = "Put a course of yours away: it can be read, and no longer changed."
    static let details = """
        Nobody joins or leaves, and nothing in it changes, until you say lms course unarchive. Who is in it still reads it. It is \
        no longer in lists, but with --archived. You can still copy it for the next year, or delete it.
        """
    static let examples = ["lms course archive BIO-101"]
    static var syntax: Syntax<Self> { [.course(\.course)] }

    var course = CourseReference("")
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let archived = try await service.perform(ArchiveCourse(course: course))
        try context.printer.written(archived)
        context.printer.remark(
            "'\(archived.record.code)' can only be read now. Undo that with: lms course unarchive \(archived.record.code)")
    }
}
