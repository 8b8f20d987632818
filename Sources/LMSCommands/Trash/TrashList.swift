internal import LMSCommandLine
internal import LMSCore

/// `lms trash list [<course>]`
struct TrashList: ServiceCommand {
    static let name = "list"
    static let summary = "List what was taken away lately of your courses, newest first."
    static let details = """
        Deleted courses and materials, and whom somebody took off a roster or off the teachers. Whoever teaches a course of \
        somebody else sees its materials and students.
        """
    static let examples = ["lms trash list", "lms trash list BIO-101"]
    static var syntax: Syntax<Self> {
        [
            .optional("course", \.course, "Only of this course.")
        ]
    }

    var course: CourseReference?
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try await context.printer.list(orSay: EmptyList("There is nothing in your trash.", next: nil)) { after in
            try await service.perform(ListTrash(course: course, limit: CommandContext.pageSize, after: after))
        }
    }
}
