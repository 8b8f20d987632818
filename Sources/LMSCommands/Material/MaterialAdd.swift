internal import LMSCommandLine
internal import LMSCore

/// `lms material add <course> [<title>]`
struct MaterialAdd: ServiceCommand, WritingCommand {
    static let name = "add"
    static let summary = "Add a material to a course of yours."
    static let details = """
        Without a text, your editor opens. Without a title, the one in the text's front matter becomes it, or the \
        first words of the text.
        """
    static let examples = [
        #"lms material add BIO-101 "Week 1" --description-file week1.md"#,
        #"lms material add BIO-101 --description "Read chapter 1.""#,
    ]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .optional("title", \.title, "The material's title."),
            .group(\.text),
        ]
    }

    var course = CourseReference("")
    var title: String?
    var text = DescriptionOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func checkLine(in context: CommandContext) throws {
        guard !text.isGiven else { return }
        if let title, FileName.isText(title) { throw fileForTitle(title) }
        _ = try editor(context)
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        guard text.isGiven else { return try await write(on: service, in: context) }
        if let description = try text.text(context.console) {
            try await add(description, on: service, in: context)
        }
    }

    /// Opens an editor for the text, once a dry run has shown that the material may be written.
    private func write(on service: SignedInService, in context: CommandContext) async throws {
        _ = try await service.perform(
            AddMaterial(course: course, MaterialFields(title: title, description: "text")), isDryRun: true)
        try await editor(context).write("") { try await add($0, on: service, in: context) }
    }

    private func editor(_ context: CommandContext) throws -> TextEditor {
        try TextEditor(context.console, or: Self.noText)
    }

    private static let noText = LMSError(
        .usage, "the material has no text",
        hint:
            "Give it with --description TEXT or --description-file FILE, or pipe it to: --description-file -")

    private func fileForTitle(_ name: String) -> LMSError {
        let line = ["lms", "material", "add", course.description, "--description-file", name].map(shellQuoted)
        return LMSError(
            .usage, "'\(name)' is a file's name, not a title",
            hint: "Did you mean: \(line.joined(separator: " "))")
    }

    private func add(
        _ description: String, on service: any LMSService, in context: CommandContext
    ) async throws {
        try context.printer.written(
            await service.perform(
                AddMaterial(course: course, MaterialFields(title: title, description: description))))
    }
}
