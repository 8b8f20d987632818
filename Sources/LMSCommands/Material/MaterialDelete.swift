internal import ArgumentParser
internal import LMSCore

/// `lms material delete <material>`
struct MaterialDelete: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", _superCommandName: "lms material",
        abstract: "Delete a material of yours.",
        discussion: """
            Example:
              lms material delete 7
            """)

    @Argument(help: "The material's id, from: lms material list COURSE")
    var material: MaterialReference

    @OptionGroup
    var confirming: ConfirmOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let deleted = try await context.confirmed(confirming) { (expected: Written<Material>) in
            "Delete the material '\(expected.record.title)'?"
        } _: { isRehearsal in
            try await context.service(isRehearsal: isRehearsal).perform(DeleteMaterial(material: material))
        }
        if let deleted { try context.printer.written(deleted) }
    }
}
