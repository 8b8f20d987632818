internal import ArgumentParser
internal import LMSCore

/// `lms diff <file> ...`
struct Diff: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", _superCommandName: "lms",
        abstract: "Show what applying files would change.",
        discussion: """
            Exits with 0 where nothing would change, and with 1 where something would.

            Example:
              lms diff biology.yaml
            """)

    @OptionGroup
    var input: CourseFileOptions

    @OptionGroup
    var options: GlobalOptions

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
            throw ExitCode(ExitStatus.different)
        }
    }
}
