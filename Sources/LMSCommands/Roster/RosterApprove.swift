internal import LMSCommandLine
internal import LMSCore

/// `lms roster approve <course> (<username> ... | --all)`
struct RosterApprove: ServiceCommand, WritingCommand {
    static let name = "approve"
    static let summary = "Grant requests to join, all of them or none."
    static let examples = ["lms roster approve BIO-101 siti budi", "lms roster approve BIO-101 --all"]
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
            throw .refused("say whom to approve: usernames, or --all")
        }
        try usernames.requireApart()
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let useCase =
            all ? ApproveStudents(allOf: course) : ApproveStudents(course: course, usernames: usernames)
        try context.printer.written(
            await service.perform(useCase), orSay: .nobodyAsks(toJoin: course))
    }
}
