internal import LMSCommandLine
internal import LMSCore

/// `lms material delete <material>`
struct MaterialDelete: ServiceCommand, WritingCommand {
    static let name = "delete"
    static let summary = "Delete a material of yours."
    static let examples = ["lms material delete 7", #"lms material delete "Week 1" --course BIO-101"#]
    static var syntax: Syntax<Self> {
        [
            .group(\.which),
            .group(\.confirming),
        ]
    }

    var which = MaterialOptions()
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func checkLine(in context: CommandContext) throws {
        try context.requireConfirmation(confirming)
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let material = try await which.reference(on: service)
        let deleted = try await context.confirmed(confirming, unattended: .refused) { expected in
            Question("Delete the material '\(expected.record.material.title)'?")
        } _: { isDryRun in
            try await service.perform(
                DeleteMaterial(material: material, course: which.course), isDryRun: isDryRun)
        }
        guard let deleted else { return }
        context.sayHowToRestore(deleted.record.trash)
        try context.printer.written(deleted)
    }
}
