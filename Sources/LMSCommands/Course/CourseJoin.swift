internal import ArgumentParser
internal import LMSCore

/// `lms course join <course>`
struct CourseJoin: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", _superCommandName: "lms course",
        abstract: "Enroll in a course, or ask to.",
        discussion: """
            An open course enrolls at once; one with approval makes a request that its teacher grants.

            Example:
              lms course join BIO-101
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let membership = try await service.perform(JoinCourse(course: course))
        try context.printer.written(membership)
        if membership.record.status == .pending {
            context.printer.remark("Its teacher must approve first. See how it stands with: lms course list")
        }
    }
}
