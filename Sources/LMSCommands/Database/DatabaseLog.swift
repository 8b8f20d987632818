internal import LMSCommandLine
internal import LMSCore

/// `lms db log [<course>]`
struct DatabaseLog: OperatorCommand {
    static let name = "log"
    static let summary = "Show who did what to all courses, accounts and settings."
    static let details = """
        The newest comes first. Of one course, it shows the acts on it, and on those that had its code when they \
        were deleted, whoever owned them.
        """
    static let examples = ["lms db log --limit 20", "lms db log BIO-101"]
    static var syntax: Syntax<Self> {
        [
            .optional("course", \.course, "Only this course: its id or code."),
            .option("--limit", \.limit, "At most so many."),
        ]
    }

    var course: CourseReference?
    var limit: Int?
    var options = GlobalOptions()

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
