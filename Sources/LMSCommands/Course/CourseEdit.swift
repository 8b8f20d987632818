internal import ArgumentParser
internal import LMSCore

/// `lms course edit <course>`
struct CourseEdit: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", _superCommandName: "lms course",
        abstract: "Change a course of yours.",
        discussion: """
            What is not given stays. An empty --description clears it.

            Example:
              lms course edit BIO-101 --release-date 2027-01-11
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Option(parsing: .unconditional, help: "The new title.")
    var title: String?

    @Option(parsing: .unconditional, help: "The new code: letters, digits and . _ -")
    var code: CourseCode?

    @OptionGroup
    var text: DescriptionOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The day (UTC) from which students get the materials.", valueName: "YYYY-MM-DD"))
    var releaseDate: String?

    @Option(help: "How students get in: open, approval or closed.")
    var enrollment: EnrollmentPolicy?

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func validate() throws {
        guard title != nil || code != nil || text.isGiven || releaseDate != nil || enrollment != nil else {
            throw ValidationError("nothing to change was given")
        }
    }

    func run(in context: CommandContext) async throws {
        // Who is not signed in is told so before a file is read.
        let service = try context.service
        let description = try text.text(context.console)
        try context.printer.written(
            await service.perform(
                EditCourse(
                    course: course, title: title, code: code, description: description,
                    releaseDate: releaseDate, enrollment: enrollment)))
    }
}
