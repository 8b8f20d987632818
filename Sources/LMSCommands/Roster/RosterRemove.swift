internal import ArgumentParser
internal import LMSCore

/// `lms roster remove <course> <username> ...`
struct RosterRemove: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", _superCommandName: "lms roster",
        abstract: "Take students off the roster, all of them or none.",
        discussion: """
            Example:
              lms roster remove BIO-101 budi
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Argument(help: "The students' usernames.")
    var usernames: [Username]

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func validate() throws {
        try usernames.requireApart()
    }

    func run(in context: CommandContext) async throws {
        try context.printer.written(
            await context.service.perform(RemoveStudents(course: course, usernames: usernames)))
    }
}
