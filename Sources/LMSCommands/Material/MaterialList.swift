internal import ArgumentParser
internal import LMSCore

/// `lms material list <course>`
struct MaterialList: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", _superCommandName: "lms material",
        abstract: "List the materials of a course, in their order.",
        discussion: """
            Example:
              lms material list BIO-101
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @OptionGroup
    var options: GlobalOptions

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
