internal import ArgumentParser
internal import LMSCore

/// `lms course edit <course>`
struct CourseEdit: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", _superCommandName: "lms course",
        abstract: "Change a course of yours.",
        discussion: """
            What is not given stays. An empty --description clears it. With nothing given, your editor opens on the \
            description.

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

    @OptionGroup
    var entry: EnrollmentOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    private var isAnythingGiven: Bool {
        title != nil || code != nil || text.isGiven || releaseDate != nil || entry.policy != nil
    }

    func run(in context: CommandContext) async throws {
        guard isAnythingGiven else { return try await write(in: context) }
        // Who is not signed in is told so before a file is read.
        let service = try context.service
        try await edit(try text.text(context.console), on: service, in: context)
    }

    /// Lets the teacher write the description, once it is clear that it will be taken.
    private func write(in context: CommandContext) async throws {
        let editor = try TextEditor(context.console, or: Self.nothingGiven)
        let present = try await context.service.perform(ShowCourse(course: course)).description ?? ""
        _ = try await context.service(isDryRun: true).perform(
            EditCourse(course: course, description: present))
        try await editor.write(present) { try await edit($0, on: context.service, in: context) }
    }

    private static let nothingGiven = LMSError(
        .usage, "nothing to change was given", hint: "See: lms help course edit")

    private func edit(
        _ description: String?, on service: any LMSService, in context: CommandContext
    ) async throws {
        try context.printer.written(
            await service.perform(
                EditCourse(
                    course: course, title: title, code: code, description: description,
                    releaseDate: releaseDate, enrollment: entry.policy)))
    }
}
