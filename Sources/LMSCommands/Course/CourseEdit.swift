internal import LMSCommandLine
internal import LMSCore

/// `lms course edit <course>`
struct CourseEdit: ServiceCommand, WritingCommand {
    static let name = "edit"
    static let summary = "Change a course of yours."
    static let details = """
        What is not given stays. An empty --description clears it. With nothing given, your editor opens on the \
        description.
        """
    static let examples = ["lms course edit BIO-101 --release-date 2027-01-11"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .option("--title", \.title, takes: .text, "The new title."),
            .group(\.given),
        ]
    }

    var course = CourseReference("")
    var title: String?
    var given = CourseFieldOptions()
    var isDryRun = false
    var options = GlobalOptions()

    private var isAnythingGiven: Bool { title != nil || given.isAnythingGiven }

    func checkLine(in context: CommandContext) throws {
        if !isAnythingGiven { _ = try editor(context) }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        guard isAnythingGiven else { return try await write(on: service, in: context) }
        try await edit(try given.text.text(context.console), on: service, in: context)
    }

    /// Opens an editor for the description, once a dry run has shown that the course may be changed.
    private func write(on service: SignedInService, in context: CommandContext) async throws {
        let present = try await service.perform(ShowCourse(course: course)).description ?? ""
        _ = try await service.perform(
            EditCourse(course: course, CourseFields(description: present)), isDryRun: true)
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
        let edited = try await service.perform(
            EditCourse(course: course, given.fields(title: title, description: description)))
        try context.printer.written(edited)
        given.entry.remark(on: edited.record.code, in: context)
    }
}
