internal import LMSCommandLine
internal import LMSCore

/// `lms apply <file> ...`
struct Apply: ServiceCommand, WritingCommand {
    static let name = "apply"
    static let summary = "Make courses what files say, all of it or nothing."
    static let details = """
        A file is YAML, one course a document. What it does not say stays as it is, and a second run changes \
        nothing. It prints a line for each thing: + created, ~ changed, - deleted, = unchanged.
        """
    static let examples = ["lms apply biology.yaml", "lms apply --dry-run --prune courses/*.yaml"]
    static var syntax: Syntax<Self> {
        [
            .group(\.input),
            .group(\.confirming),
        ]
    }

    var input = CourseFileOptions()
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let apply = ApplyCourseFiles(files: try input.read(context), prune: input.prune ? true : nil)
        guard input.prune else { return try report(await service.perform(apply), context) }
        let plan = try await context.confirmed(
            confirming, unattended: .refused, expecting: { try await service.perform(apply, isDryRun: true) },
            question: Self.question, act: { try await perform(apply, agreed: $0?.plan, on: service) })
        if let plan { try report(plan, context) }
    }

    private func report(_ plan: CoursePlan, _ context: CommandContext) throws {
        try context.printer.list(plan.lines)
        if !options.quiet {
            context.console.note(plan.sentence)
            if let advice = plan.advice { context.console.note(advice) }
        }
    }

    /// - Parameter digest: Of the plan that somebody has agreed to; `nil` where nobody was asked.
    private func perform(
        _ apply: ApplyCourseFiles, agreed digest: String?, on service: SignedInService
    ) async throws -> CoursePlan {
        var apply = apply
        apply.plan = digest
        do {
            return try await service.perform(apply)
        } catch let error as LMSError where error.code == .busy && apply.plan != nil {
            // The message of the server is only that it is busy.
            throw LMSError(
                .busy, "nothing was changed: the courses are not as they were when you were asked",
                hint: "Run it again to see what would be done now.", causes: error.causes)
        }
    }

    /// The question before things are deleted; `nil` where the plan deletes nothing.
    private static func question(about plan: CoursePlan) -> Question? {
        let gone = plan.changes.filter { $0.outcome == .deleted }
        guard !gone.isEmpty else { return nil }
        let lines = gone.prefix(shown).map(\.record).map {
            "- \($0.kind.rawValue) \($0.course): \($0.subject)"
        }
        let rest = gone.count > shown ? ["and \(gone.count - shown) more"] : []
        return Question("Delete \(gone.count == 1 ? "this" : "these \(gone.count)")?", details: lines + rest)
    }

    private static let shown = 20
}
