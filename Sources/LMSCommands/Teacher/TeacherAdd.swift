internal import LMSCommandLine
internal import LMSCore

/// `lms teacher add <course> <username> ...`
struct TeacherAdd: ServiceCommand, WritingCommand {
    static let name = "add"
    static let summary = "Add teachers to a course of yours, all of them or none."
    static let details = """
        They can do all that you can, except: delete the course, give it to somebody else, add or remove teachers.
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
