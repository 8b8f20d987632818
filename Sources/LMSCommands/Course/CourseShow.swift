internal import ArgumentParser
internal import LMSCore

/// `lms course show <course>`
struct CourseShow: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", _superCommandName: "lms course",
        abstract: "Show a course.",
        discussion: """
            Example:
              lms course show BIO-101
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @OptionGroup
    var options: GlobalOptions

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.record(await service.perform(ShowCourse(course: course)))
    }
}
