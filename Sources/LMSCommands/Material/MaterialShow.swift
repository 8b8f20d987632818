internal import LMSCommandLine
internal import LMSCore

/// `lms material show <material>`
struct MaterialShow: ServiceCommand {
    static let name = "show"
    static let summary = "Read a material."
    static let details = """
        Prints the text. With --format or --json, prints the whole record.
        """
    static let examples = [
        "lms material show 7", #"lms material show "Week 1" --course BIO-101"#, "lms material show 7 --raw > week1.md",
    ]
    static var syntax: Syntax<Self> {
        [
            .group(\.which),
            .flag("--raw", at: \.raw, "Print the text byte for byte."),
        ]
    }

    var which = MaterialOptions()
    var raw = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        guard !raw || options.chosenFormat == nil else {
            throw .refused("give only one of --raw and a format")
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
