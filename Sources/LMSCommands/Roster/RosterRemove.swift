internal import LMSCommandLine
internal import LMSCore

/// `lms roster remove <course> <username> ...`
struct RosterRemove: ServiceCommand, WritingCommand {
    static let name = "remove"
    static let summary = "Take students off the roster, all of them or none."
    static let details = """
        Asks first, on a terminal. A request to join is refused with lms roster reject.
        """
    static let examples = ["lms roster remove BIO-101 budi"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .arguments("usernames", \.usernames, "The students' usernames."),
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
            Question("Take \(named(expected.map(\.record.username))) off the roster of '\(course)'?")
        } _: { isDryRun in
            try await service.perform(
                RemoveStudents(course: course, usernames: usernames), isDryRun: isDryRun)
        }
        if let removed { try context.printer.written(removed) }
    }
}
