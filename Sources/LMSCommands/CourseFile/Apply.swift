internal import ArgumentParser
internal import LMSCore

/// `lms apply <file> ...`
struct Apply: WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", _superCommandName: "lms",
        abstract: "Make courses what files say, all of it or nothing.",
        discussion: """
            A file is YAML, one course a document. What it does not say stays as it is, and a second run changes \
            nothing. It prints a line for each thing: + created, ~ changed, - deleted, = unchanged.

            Examples:
              lms apply biology.yaml
              lms apply --dry-run --prune courses/*.yaml
            """)

    @OptionGroup
    var input: CourseFileOptions

    @OptionGroup
    var confirming: ConfirmOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        var apply = ApplyCourseFiles(files: try files(context), prune: input.prune ? true : nil)
        if input.prune, !confirming.yes, !isDryRun {
            let expected = try await context.service(isDryRun: true).perform(apply)
            guard try agree(to: expected, context) else { return }
            apply.plan = expected.plan
        }
        let plan = try await perform(apply, context)
        try context.printer.list(plan.lines)
        if !options.quiet {
            context.console.note(plan.sentence)
            if let advice = plan.advice { context.console.note(advice) }
        }
    }

    /// Sign-in counts before the files, and their shape.
    private func files(_ context: CommandContext) throws -> [CourseFile] {
        _ = try context.service
        return try input.read(context)
    }

    private func perform(_ apply: ApplyCourseFiles, _ context: CommandContext) async throws -> CoursePlan {
        do {
            return try await context.service.perform(apply)
        } catch let error as LMSError where error.code == .busy && apply.plan != nil {
            // A server does not say why it is busy.
            throw LMSError(
                .busy, "nothing was changed: the courses are not as they were when you were asked",
                hint: "Run it again to see what would be done now.")
        }
    }

    /// Asks, where something would go.
    private func agree(to plan: CoursePlan, _ context: CommandContext) throws -> Bool {
        let gone = plan.changes.filter { $0.outcome == .deleted }
        guard !gone.isEmpty else { return true }
        try context.requireConfirmation(confirming)
        for change in gone.prefix(Self.shown) {
            let record = change.record
            context.console.note("- \(record.kind.rawValue) \(record.course): \(record.subject)")
        }
        if gone.count > Self.shown { context.console.note("and \(gone.count - Self.shown) more") }
        if context.console.confirm("Delete \(gone.count == 1 ? "this" : "these \(gone.count)")?") {
            return true
        }
        context.console.note("Nothing was changed.")
        return false
    }

    private static let shown = 20
}
