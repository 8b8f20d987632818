internal import ArgumentParser
internal import LMSCore

/// `lms course list`
struct CourseList: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", _superCommandName: "lms course",
        abstract: "List your courses, or all courses.",
        discussion: """
            A student's list has the courses that were joined or asked for; a teacher's has the own ones.

            Example:
              lms course list --all
            """)

    @Flag(help: "List the whole catalogue.")
    var all = false

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let service = try context.service
        try await context.printer.list { after in
            try await service.perform(
                ListCourses(scope: all ? .all : .mine, limit: CommandContext.pageSize, after: after))
        }
    }
}
