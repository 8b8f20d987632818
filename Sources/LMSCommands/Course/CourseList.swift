internal import LMSCommandLine
internal import LMSCore

/// `lms course list`
struct CourseList: ServiceCommand {
    static let name = "list"
    static let summary = "List your courses, or all courses."
    static let details = """
        A student's list has the courses that were joined or asked for; a teacher's has those that the \
        teacher teaches, and how many requests to join are pending. The last column says what you are in the course: owner, \
        teacher or student.

        Archived courses are not listed, but with --archived: then the list has those, too, that you teach or are in, and since \
        when each is archived.

        With --search, it has only those with all of the words, or words that begin with them, in title, \
        code or description; best match first.
        """
    static let examples = ["lms course list --all", #"lms course list --all --search "biology""#]
    static var syntax: Syntax<Self> {
        [
            .flag("--all", at: \.all, "List the whole catalogue."),
            .flag("--archived", at: \.archived, "List your archived courses, too."),
            .option("--search", \.search, takes: .text, value: "words", "Only courses that have these words."),
        ]
    }

    var all = false
    var archived = false
    var search: String?
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        func page(after: Cursor?) async throws -> Page<Course> {
            try await service.perform(
                ListCourses(
                    scope: all ? .all : .mine, words: search, archived: archived ? true : nil,
                    limit: CommandContext.pageSize, after: after))
        }
        if archived {
            try await context.printer.list(orSay: await nothing(service, in: context), as: CourseOfAnyYear.init, page)
        } else {
            try await context.printer.list(orSay: await nothing(service, in: context), page)
        }
    }

    /// What was looked at, and what the caller can do: a teacher makes courses, a student joins them.
    private func nothing(_ service: any LMSService, in context: CommandContext) async -> EmptyList {
        if let search {
            return EmptyList(
                "\(all ? "No course" : "No course of yours") in \(context.target.name) has '\(search)'.",
                next: all
                    ? "All of the words must be there: try fewer, or only how they begin."
                    : "Look among all courses with: lms course list --all --search \(shellQuoted(search))")
        }
        let isTeacher = try? await service.perform(WhoAmI()).role == .teacher
        let whose =
            all ? "There is no course" : isTeacher == true ? "You have no course" : "You are in no course"
        let next =
            isTeacher == true
            ? "Make one with: lms course create TITLE"
            : all ? "Courses are made by teachers." : "See what there is with: lms course list --all"
        return EmptyList("\(whose) in \(context.target.name) yet.", next: next)
    }
}
