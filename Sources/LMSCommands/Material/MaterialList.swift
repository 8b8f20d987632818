internal import LMSCommandLine
internal import LMSCore

/// `lms material list <course>`
struct MaterialList: ServiceCommand {
    static let name = "list"
    static let summary = "List the materials of a course, in their order."
    static let examples = ["lms material list BIO-101"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course)
        ]
    }

    var course = CourseReference("")
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let withText = options.chosenFormat == .json
        try await context.printer.list(orSay: nothing) { after in
            try await service.perform(
                ListMaterials(course: course, text: withText, limit: CommandContext.pageSize, after: after))
        }
    }

    private var nothing: EmptyList {
        EmptyList(
            "The course '\(course)' has no materials yet.",
            next: "Its teacher adds one with: lms material add \(course) TITLE --description-file FILE")
    }
}
