internal import ArgumentParser
internal import LMSCore

/// `lms material show <material>`
struct MaterialShow: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", _superCommandName: "lms material",
        abstract: "Read a material.",
        discussion: """
            Prints the text. With --format or --json, prints the whole record.

            Examples:
              lms material show 7
              lms material show "Week 1" --course BIO-101
              lms material show 7 --raw > week1.md
            """)

    @OptionGroup
    var which: MaterialOptions

    @Flag(help: "Print the text byte for byte.")
    var raw = false

    @OptionGroup
    var options: GlobalOptions

    func validate() throws {
        guard !raw || options.chosenFormat == nil else {
            throw ValidationError("give only one of --raw and a format")
        }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let material = try await service.perform(
            ShowMaterial(material: which.reference(on: service), course: which.course))
        let text = material.description ?? ""
        if raw {
            try context.printer.rawText(text)
        } else if context.printer.isFormatChosen {
            try context.printer.record(material)
        } else {
            try context.printer.text(text)
        }
    }
}
