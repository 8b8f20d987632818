internal import LMSCommandLine
internal import LMSCore

/// `lms teacher add <course> <username> ...`
struct TeacherAdd: ServiceCommand, WritingCommand {
    static let name = "add"
    static let summary = "Have teachers teach a course of yours beside you, all of them or none."
    static let details = """
        They do all that you do, but delete the course, give it away, and say who teaches it.
        """
    static let examples = ["lms teacher add BIO-101 budi"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .arguments("usernames", \.usernames, "The teachers' usernames."),
        ]
    }

    var course = CourseReference("")
    var usernames: [Username] = []
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        try usernames.requireApart()
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try context.printer.written(await service.perform(AddTeachers(course: course, usernames: usernames)))
    }
}
