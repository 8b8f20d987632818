internal import ArgumentParser
internal import LMSCore

/// `lms material delete <material>`
struct MaterialDelete: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", _superCommandName: "lms material",
        abstract: "Delete a material of yours.",
        discussion: """
            Examples:
              lms material delete 7
              lms material delete "Week 1" --course BIO-101
            """)

    @OptionGroup
    var which: MaterialOptions

    @OptionGroup
    var confirming: ConfirmOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func checkLine(in context: CommandContext) throws {
        try context.requireConfirmation(confirming)
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let material = try await which.reference(on: service)
        let deleted = try await context.confirmed(confirming, unattended: .refused) { expected in
            Question("Delete the material '\(expected.record.title)'?")
        } _: { isDryRun in
            try await service.perform(
                DeleteMaterial(material: material, course: which.course), isDryRun: isDryRun)
        }
        if let deleted { try context.printer.written(deleted) }
    }
}
