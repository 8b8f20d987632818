internal import LMSCommandLine
internal import LMSCore

/// `lms log [<course>]`
struct Log: ServiceCommand {
    static let name = "log"
    static let summary = "Show who did what to the courses that you teach, and when."
    static let details = """
        The newest comes first, and courses of your own that are gone are there too: a code names the course that has it, \
        else those of yours that had it when they were deleted. Acts are kept for a year; the operator changes \
        that with lms db retention, and sees everybody's with lms db log.
        """
    static let examples = ["lms log BIO-101 --limit 20"]
    static var syntax: Syntax<Self> {
        [
            .optional("course", \.course, "Only this course: its id or code."),
            .option("--limit", \.limit, "At most so many."),
        ]
    }

    var course: CourseReference?
    var limit: Int?
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        if let limit, limit < 1 { throw LMSError(.invalid, "--limit is 1 or more, not \(limit)") }
        try await context.printer.list(first: limit, orSay: nothing, as: \.self) { after, count in
            try await service.perform(ListLog(course: course, limit: count, after: after))
        }
    }

    private var nothing: EmptyList {
        EmptyList(
            course.map { "Nothing is noted of the course '\($0)'." }
                ?? "Nothing is noted yet: you have had no course.",
            next: course == nil ? "Make one with: lms course create TITLE" : nil)
    }
}
