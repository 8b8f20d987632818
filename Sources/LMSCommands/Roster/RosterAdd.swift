internal import ArgumentParser
internal import LMSCore

/// `lms roster add <course> <username> ...`
struct RosterAdd: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", _superCommandName: "lms roster",
        abstract: "Enrol students, all of them or none.",
        discussion: """
            Example:
              lms roster add BIO-101 siti budi
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Argument(help: "The students' usernames.")
    var usernames: [Username]

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        try context.printer.written(
            await context.service.perform(AddStudents(course: course, usernames: usernames)))
    }
}
