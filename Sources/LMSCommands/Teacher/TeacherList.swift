internal import LMSCommandLine
internal import LMSCore

/// `lms teacher list <course>`
struct TeacherList: ServiceCommand {
    static let name = "list"
    static let summary = "List the teachers of a course, its owner among them."
    static let examples = ["lms teacher list BIO-101"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course)
        ]
    }

    var course = CourseReference("")
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try await context.printer.list(orSay: nil) { after in
            try await service.perform(ListTeachers(course: course, limit: CommandContext.pageSize, after: after))
        }
    }
}
