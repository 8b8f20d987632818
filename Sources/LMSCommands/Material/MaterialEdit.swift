internal import LMSCommandLine
internal import LMSCore

/// `lms material edit <material>`
struct MaterialEdit: ServiceCommand, WritingCommand {
    static let name = "edit"
    static let summary = "Change a material of yours."
    static let details = """
        What is not given stays. With --position, the others shift. With nothing given, your editor opens on the \
        text.
        """
    static let examples = [
        #"lms material edit 7 --title "Week 2" --position 1"#,
        #"lms material edit "Week 2" --course BIO-101 --description-file week2.md"#,
        "lms material edit 7 --visible --due 2027-02-01",
    ]
    static var syntax: Syntax<Self> {
        [
            .group(\.which),
            .option("--title", \.title, takes: .text, "The new title."),
            .group(\.text),
            .option("--position", \.position, takes: .text, value: "n", "The new place in the course, from 1."),
            .group(\.plan),
        ]
    }

    var which = MaterialOptions()
    var title: String?
    var text = DescriptionOptions()
    var position: Position?
    var plan = MaterialPlanOptions()
    var isDryRun = false
    var options = GlobalOptions()

    private var isAnythingGiven: Bool { title != nil || text.isGiven || position != nil || plan.isGiven }

    func checkLine(in context: CommandContext) throws {
        if !isAnythingGiven { _ = try editor(context) }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        guard isAnythingGiven else { return try await write(on: service, in: context) }
        try await edit(try text.text(context.console), on: service, in: context)
    }

    /// Opens an editor for the text, once a dry run has shown that the material may be written.
    private func write(on service: SignedInService, in context: CommandContext) async throws {
        let material = try await which.reference(on: service)
        let shown = try await service.perform(ShowMaterial(material: material, course: which.course))
        let present = shown.description ?? ""
        _ = try await service.perform(
            EditMaterial(
                material: material, course: which.course, MaterialFields(description: present)),
            isDryRun: true)
        try await editor(context).write(present) { try await edit($0, on: service, in: context) }
    }

    private func editor(_ context: CommandContext) throws -> TextEditor {
        try TextEditor(context.console, or: Self.nothingGiven)
    }

    private static let nothingGiven = LMSError(
        .usage, "nothing to change was given", hint: "See: lms help material edit")

    private func edit(
        _ description: String?, on service: any LMSService, in context: CommandContext
    ) async throws {
        try context.printer.written(
            await service.perform(
                EditMaterial(
                    material: which.reference(on: service), course: which.course,
                    plan.fields(title: title, description: description, position: position?.number))))
    }
}
