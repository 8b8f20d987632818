internal import LMSCommandLine
internal import LMSCore

/// `lms roster reject <course> (<username> ... | --all)`
struct RosterReject: ServiceCommand, WritingCommand {
    static let name = "reject"
    static let summary = "Refuse requests to join, all of them or none."
    static let details = """
        Whoever is enrolled stays: see lms roster remove. Who was refused may ask again.
        """
    static let examples = ["lms roster reject BIO-101 siti budi", "lms roster reject BIO-101 --all"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .arguments("usernames", \.usernames, isRequired: false, "The students' usernames."),
            .flag("--all", at: \.all, "Everyone who asks to join."),
        ]
    }

    var course = CourseReference("")
    var usernames: [Username] = []
    var all = false
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        guard all != !usernames.isEmpty else {
            throw .refused("say whom to refuse: usernames, or --all")
        }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let useCase =
            all ? RejectStudents(allOf: course) : RejectStudents(course: course, usernames: usernames)
        try context.printer.written(
            await service.perform(useCase), orSay: .nobodyAsks(toJoin: course))
    }
}
