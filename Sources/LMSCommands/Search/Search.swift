internal import ArgumentParser
internal import LMSCore

/// `lms search <words>`
struct Search: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", _superCommandName: "lms",
        abstract: "Search courses, and the materials that you may read.",
        discussion: """
            Finds what has all of the words, or words that begin with them, in its title, code or text; best \
            match first. Case and accents do not matter.

            Examples:
              lms search cell membrane
              lms search "cell membrane" --course BIO-101
            """)

    @Argument(help: "What to look for.")
    var words: [String]

    @Option(parsing: .unconditional, help: "Only this course and its materials: its id or code.")
    var course: CourseReference?

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let service = try context.service
        let words = words.joined(separator: " ")
        try await context.printer.list { after in
            try await service.perform(
                SearchTexts(words: words, course: course, limit: CommandContext.pageSize, after: after))
        }
    }
}
