internal import ArgumentParser
internal import LMSCore

/// `lms material edit <material>`
struct MaterialEdit: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", _superCommandName: "lms material",
        abstract: "Change a material of yours.",
        discussion: """
            What is not given stays. With --position, the others shift. With nothing given, your editor opens on the \
            text.

            Examples:
              lms material edit 7 --title "Week 2" --position 1
              lms material edit "Week 2" --course BIO-101 --description-file week2.md
            """)

    @OptionGroup
    var which: MaterialOptions

    @Option(parsing: .unconditional, help: "The new title.")
    var title: String?

    @OptionGroup
    var text: DescriptionOptions

    @Option(
        parsing: .unconditional, help: ArgumentHelp("The new place in the course, from 1.", valueName: "n"))
    var position: Position?

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        guard title != nil || text.isGiven || position != nil else { return try await write(in: context) }
        // Who is not signed in is told so before a file is read.
        let service = try context.service
        try await edit(try text.text(context.console), on: service, in: context)
    }

    /// Lets the teacher write, once it is clear that the text will be taken.
    private func write(in context: CommandContext) async throws {
        let editor = try TextEditor(context.console, or: Self.nothingGiven)
        let service = try context.service
        let material = try await which.reference(on: service)
        let shown = try await service.perform(ShowMaterial(material: material, course: which.course))
        let present = shown.description ?? ""
        _ = try await context.service(isDryRun: true).perform(
            EditMaterial(
                material: material, course: which.course, title: nil, description: present, position: nil))
        try await editor.write(present) { try await edit($0, on: context.service, in: context) }
    }

    private static let nothingGiven = LMSError(
        .usage, "nothing to change was given", hint: "See: lms help material edit")

    private func edit(
        _ description: String?, on service: any LMSService, in context: CommandContext
    ) async throws {
        try context.printer.written(
            await service.perform(
                EditMaterial(
                    material: which.reference(on: service), course: which.course, title: title,
                    description: description, position: position?.number)))
    }
}
