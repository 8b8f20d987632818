internal import LMSCommandLine
internal import LMSCore

/// `lms diff <file> ...`
struct Diff: ServiceCommand {
    static let name = "diff"
    static let summary = "Show what applying files would change."
    static let details = """
        Exits with 0 where nothing would change, and with 1 where something would.
        """
    static let examples = ["lms diff biology.yaml"]
    static var syntax: Syntax<Self> {
        [
            .group(\.input)
        ]
    }

    var input = CourseFileOptions()
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let files = try input.read(context)
        let plan = try await service.perform(DiffCourseFiles(files: files, prune: input.prune ? true : nil))
        try context.printer.list(plan.lines)
        if !options.quiet {
            context.console.note(plan.sentence)
            if let advice = plan.advice { context.console.note(advice) }
        }
        if plan.hasChanges {
            try context.printer.finish()
            throw DifferencesFound()
        }
    }
}
