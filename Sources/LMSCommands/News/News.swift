internal import LMSCommandLine
internal import LMSCore

/// `lms news [<course>]`
struct News: ServiceCommand {
    static let name = "news"
    static let summary = "Show what is new in your courses, newest first."
    static let details = """
        Students see which materials they can read now and could not before, which were changed since, and which requests to join \
        were approved. Teachers see who asked to join, joined and left, and which courses they were named a teacher of. Without \
        --since, it is the news of 7 days.
        """
    static let examples = ["lms news", "lms news BIO-101 --since 2027-01-11"]
    static var syntax: Syntax<Self> {
        [
            .optional("course", \.course, "Only this course: its id or code."),
            .option("--since", \.since, "From when on: 7d, 12h, a date, or an instant like 2027-01-11T08:00:00Z."),
            .option("--limit", \.limit, "At most so many."),
        ]
    }

    var course: CourseReference?
    var since: String?
    var limit: Int?
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        if let limit, limit < 1 { throw LMSError(.invalid, "--limit is 1 or more, not \(limit)") }
        try await context.printer.list(first: limit, orSay: nothing, as: \.self) { after, count in
            try await service.perform(ListNews(since: since, course: course, limit: count, after: after))
        }
    }

    private var nothing: EmptyList {
        let place = course.map { "in the course '\($0)'" } ?? "in your courses"
        return EmptyList(
            "Nothing is new \(place) since \(since ?? "7 days").",
            next: since == nil ? "Look further back with: lms news --since 30d" : nil)
    }
}
