internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms trash restore <id>`
struct TrashRestore: ServiceCommand, WritingCommand {
    static let name = "restore"
    static let summary = "Bring something back that was taken away."
    static let details = """
        It is as it was, with its id. Where its code or title is another one's by now, give it a new one.
        """
    static let examples = ["lms trash restore 12", "lms trash restore 12 --code BIO-101-OLD"]
    static var syntax: Syntax<Self> {
        [
            .argument("id", \.entry, "The number that lms trash list shows."),
            .option("--code", \.code, takes: .text, "Another code, for a course."),
            .option("--title", \.title, takes: .text, "Another title, for a material."),
        ]
    }

    var entry = TrashReference("")
    var code: CourseCode?
    var title: String?
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        guard code == nil || title == nil else { throw .refused("give only one of --code and --title") }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let restored = try await service.perform(RestoreTrash(entry: entry, code: code, title: title))
        let passedOver = restored.record.passedOver
        if passedOver > 0 {
            context.console.note("Not back: \(counted(passedOver, "enrollment")), of people who were deleted or have another role.")
        }
        try context.printer.written(restored)
    }
}
