internal import ArgumentParser
internal import LMSCore

/// `lms course leave <course>`
struct CourseLeave: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave", _superCommandName: "lms course",
        abstract: "Leave a course, or take back the request to join.",
        discussion: """
            Example:
              lms course leave BIO-101
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let membership = try await context.service.perform(LeaveCourse(course: course))
        try context.printer.written(membership)
    }
}
