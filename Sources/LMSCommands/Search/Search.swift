internal import LMSCommandLine
internal import LMSCore

/// `lms search <words>`
struct Search: ServiceCommand {
    static let name = "search"
    static let summary = "Search courses, and the materials that you may read."
    static let details = """
        Finds what has all of the words, or words that begin with them, in its title, code or text; best \
        match first. Case and accents do not matter.
        """
    static let examples = ["lms search cell membrane", #"lms search "cell membrane" --course BIO-101"#]
    static var syntax: Syntax<Self> {
        [
            .arguments("words", \.words, "What to look for."),
            .option("--course", \.course, takes: .text, "Only this course and its materials: its id or code."),
        ]
    }

    var words: [String] = []
    var course: CourseReference?
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let words = words.joined(separator: " ")
        var finder = MatchFinder(words)
        func found(_ hit: SearchHit) -> FoundText {
            FoundText(hit: hit, matchStart: hit.snippet.flatMap { finder?.find(in: $0) } ?? 0)
        }
        try await context.printer.list(orSay: nothing(with: words), as: found) { after in
            try await service.perform(
                SearchTexts(words: words, course: course, limit: CommandContext.pageSize, after: after))
        }
    }

    private func nothing(with words: String) -> EmptyList {
        let scope =
            course.map { "In the course '\($0)'" }
            ?? "Among the courses, and the materials that you may read,"
        return EmptyList(
            "\(scope) nothing has '\(words)'.",
            next: "All of the words must be there: try fewer, or only how they begin.")
    }
}
