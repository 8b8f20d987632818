internal import LMSCommandLine
internal import LMSCore

/// `lms roster list <course>`
struct RosterList: ServiceCommand {
    static let name = "list"
    static let summary = "List the students of a course, and who asks to join."
    static let details = """
        --search finds students by name, number or username. The beginning of a word is enough; all of the words must be there.
        """
    static let examples = ["lms roster list BIO-101 --status pending", #"lms roster list BIO-101 --search "aminah""#]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .option("--status", \.status, "Only these: enrolled or pending."),
            .option(
                "--search", \.search, takes: .text, value: "words", "Only students with these words in name, number or username."),
        ]
    }

    var course = CourseReference("")
    var status: EnrollmentStatus?
    var search: String?
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try await context.printer.list(orSay: nobody) { after in
            try await service.perform(
                ListRoster(course: course, status: status, words: search, limit: CommandContext.pageSize, after: after))
        }
    }

    private var nobody: EmptyList {
        if let search {
            return EmptyList(
                "Nobody on the roster of '\(course)' has '\(search)'.",
                next: "All of the words must be there: try fewer, or only how they begin.")
        }
        switch status {
        case .pending: return .nobodyAsks(toJoin: course)
        case .enrolled, nil:
            return EmptyList(
                "Nobody is in the course '\(course)' yet.",
                next: "Enroll students with: lms roster add \(course) USERNAME")
        }
    }
}
