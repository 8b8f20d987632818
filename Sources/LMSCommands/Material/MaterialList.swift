internal import LMSCommandLine
internal import LMSCore

/// `lms material list <course>`
struct MaterialList: ServiceCommand {
    static let name = "list"
    static let summary = "List the materials of a course, in their order."
    static let examples = ["lms material list BIO-101", "lms material list BIO-101 --due"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .flag("--due", at: \.due, "In the order in which they are due."),
            .flag("--as-student", at: \.asStudent, "As the course's students see them, for its teachers."),
        ]
    }

    var course = CourseReference("")
    var due = false
    var asStudent = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let withText = options.chosenFormat == .json
        try await context.printer.list(orSay: nothing, underHeadings: !due) { after in
            try await service.perform(
                ListMaterials(
                    course: course, text: withText, due: due ? true : nil, asStudent: asStudent ? true : nil,
                    limit: CommandContext.pageSize, after: after))
        }
    }

    private var nothing: EmptyList {
        EmptyList(
            "The course '\(course)' has no materials yet.",
            next: "Its teacher adds one with: lms material add \(course) TITLE --description-file FILE")
    }
}
