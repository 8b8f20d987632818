internal import ArgumentParser
internal import LMSCore

/// `lms course edit <course>`
struct CourseEdit: ServiceCommand, WritingCommand {
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

    func checkLine(in context: CommandContext) throws {
        if !isAnythingGiven { _ = try editor(context) }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        guard isAnythingGiven else { return try await write(on: service, in: context) }
        try await edit(try text.text(context.console), on: service, in: context)
    }

    /// Lets the teacher write the description, once it is clear that it will be taken.
    private func write(on service: SignedInService, in context: CommandContext) async throws {
        let present = try await service.perform(ShowCourse(course: course)).description ?? ""
        _ = try await service.perform(
            EditCourse(course: course, description: present), isDryRun: true)
        try await editor(context).write(present) { try await edit($0, on: service, in: context) }
    }

    private func editor(_ context: CommandContext) throws -> TextEditor {
        try TextEditor(context.console, or: Self.nothingGiven)
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
