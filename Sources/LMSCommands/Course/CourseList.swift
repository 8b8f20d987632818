internal import ArgumentParser
internal import LMSCore

/// `lms course list`
struct CourseList: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", _superCommandName: "lms course",
        abstract: "List your courses, or all courses.",
        discussion: """
            A student's list has the courses that were joined or asked for; a teacher's has the own ones.

            With --search, it has only those with all of the words, or words that begin with them, in title, \
            code or description; best match first.

            Examples:
              lms course list --all
              lms course list --all --search "biology"
            """)

    @Flag(help: "List the whole catalogue.")
    var all = false

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Only courses that have these words.", valueName: "words")
    )
    var search: String?

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let service = try context.service
        try await context.printer.list { after in
            try await service.perform(
                ListCourses(
                    scope: all ? .all : .mine, words: search, limit: CommandContext.pageSize, after: after))
        }
    }
}
