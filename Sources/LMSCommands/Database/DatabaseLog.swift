internal import ArgumentParser
internal import LMSCore

/// `lms db log [<course>]`
struct DatabaseLog: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", _superCommandName: "lms db",
        abstract: "Show who did what to all courses, accounts and settings.",
        discussion: """
            The newest comes first. Of one course, it shows the acts on it, and on those that had its code when they \
            were deleted, whoever owned them.

            Examples:
              lms db log --limit 20
              lms db log BIO-101
            """)

    @Argument(help: "Only this course: its id or code.")
    var course: CourseReference?

    @Option(help: "At most so many.")
    var limit: Int?

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let service = try context.operator
        if let limit, limit < 1 { throw LMSError(.invalid, "--limit is 1 or more, not \(limit)") }
        try await context.printer.list(
            first: limit, orSay: EmptyList("Nothing was done yet, or nothing that is still kept."), as: \.self
        ) { after, count in
            try await service.operate(ListOperatorLog(course: course, limit: count, after: after))
        }
    }
}
