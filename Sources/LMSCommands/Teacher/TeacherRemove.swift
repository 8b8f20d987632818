internal import LMSCommandLine
internal import LMSCore

/// `lms teacher remove <course> <username> ...`
struct TeacherRemove: ServiceCommand, WritingCommand {
    static let name = "remove"
    static let summary = "Remove teachers from a course of yours, all of them or none."
    static let details = """
        Asks first, on a terminal. In a course of somebody else, you can remove yourself. A course's owner cannot be removed: \
        first give the course to another of its teachers, with lms course transfer.
        """
    static let examples = ["lms teacher remove BIO-101 budi"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .arguments("usernames", \.usernames, "The teachers' usernames."),
            .group(\.confirming),
        ]
    }

    var course = CourseReference("")
    var usernames: [Username] = []
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        try usernames.requireApart()
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let removed = try await context.confirmed(confirming, unattended: .done) { expected in
            Question("Take \(named(expected.map(\.record.username))) off the teachers of '\(course)'?")
        } _: { isDryRun in
            try await service.perform(RemoveTeachers(course: course, usernames: usernames), isDryRun: isDryRun)
        }
        if let removed { try context.printer.written(removed) }
    }
}
