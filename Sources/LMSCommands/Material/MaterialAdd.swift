internal import ArgumentParser
internal import LMSCore

/// `lms material add <course> [<title>]`
struct MaterialAdd: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", _superCommandName: "lms material",
        abstract: "Add a material to a course of yours.",
        discussion: """
            Without a text, your editor opens. Without a title, the one in the text's front matter becomes it, or the \
            first words of the text.

            Examples:
              lms material add BIO-101 "Week 1" --description-file week1.md
              lms material add BIO-101 --description "Read chapter 1."
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Argument(help: "The material's title.")
    var title: String?

    @OptionGroup
    var text: DescriptionOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        guard text.isGiven else { return try await write(in: context) }
        // Who is not signed in is told so before a file is read.
        let service = try context.service
        if let description = try text.text(context.console) {
            try await add(description, on: service, in: context)
        }
    }

    /// Lets the teacher write, once it is clear that the text will be taken.
    private func write(in context: CommandContext) async throws {
        if let title, FileName.isText(title) { throw fileForTitle(title) }
        let editor = try TextEditor(context.console, or: Self.noText)
        _ = try await context.service(isDryRun: true).perform(
            AddMaterial(course: course, title: title, description: "text"))
        try await editor.write("") { try await add($0, on: context.service, in: context) }
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
            await service.perform(AddMaterial(course: course, title: title, description: description)))
    }
}
