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
        #"lms material add BIO-101 "Quiz 1" --description-file quiz.md --section "Week 1" --due 2027-02-01T23:59"#,
        #"lms material add BIO-101 "Week 1" --description-file week1.md --if-exists update"#,
    ]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .optional("title", \.title, "The material's title."),
            .group(\.text),
            .group(\.plan),
            .option("--if-exists", \.ifExists, "Where the title is there already: fail, skip or update."),
        ]
    }

    var course = CourseReference("")
    var title: String?
    var text = DescriptionOptions()
    var plan = MaterialPlanOptions()
    var ifExists: IfExists?
    var isDryRun = false
    var options = GlobalOptions()

    func checkLine(in context: CommandContext) throws {
        guard !text.isGiven, !needsNoText else { return }
        if let title, FileName.isText(title) { throw fileForTitle(title) }
        _ = try editor(context)
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        guard needsNoText || text.isGiven else { return try await write(on: service, in: context) }
        try await add(try text.text(context.console), on: service, in: context)
    }

    /// Whether there may be a material whose text stays.
    private var needsNoText: Bool { ifExists == .update && title != nil }

    /// Opens an editor for the text, once a dry run has shown that the material may be written.
    private func write(on service: SignedInService, in context: CommandContext) async throws {
        _ = try await service.perform(
            AddMaterial(course: course, plan.fields(title: title, description: "text"), ifExists: ifExists), isDryRun: true)
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
        _ description: String?, on service: any LMSService, in context: CommandContext
    ) async throws {
        try context.printer.written(
            await service.perform(
                AddMaterial(course: course, plan.fields(title: title, description: description), ifExists: ifExists)))
    }
}
