internal import ArgumentParser
internal import LMSCore

/// `lms material edit <material>`
struct MaterialEdit: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", _superCommandName: "lms material",
        abstract: "Change a material of yours.",
        discussion: """
            What is not given stays. With --position, the others shift.

            Example:
              lms material edit 7 --title "Week 2" --position 1
            """)

    @Argument(help: "The material's id, from: lms material list COURSE")
    var material: MaterialReference

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

    func validate() throws {
        guard title != nil || text.isGiven || position != nil else {
            throw ValidationError("nothing to change was given")
        }
    }

    func run(in context: CommandContext) async throws {
        // Who is not signed in is told so before a file is read.
        let service = try context.service
        let description = try text.text(context.console)
        try context.printer.written(
            await service.perform(
                EditMaterial(
                    material: material, title: title, description: description, position: position?.number)))
    }
}
