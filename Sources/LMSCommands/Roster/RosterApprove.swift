internal import ArgumentParser
internal import LMSCore

/// `lms roster approve <course> (<username> ... | --all)`
struct RosterApprove: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", _superCommandName: "lms roster",
        abstract: "Grant requests to join, all of them or none.",
        discussion: """
            Examples:
              lms roster approve BIO-101 siti budi
              lms roster approve BIO-101 --all
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Argument(help: "The students' usernames.")
    var usernames: [Username] = []

    @Flag(help: "Everyone who asks to join.")
    var all = false

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func validate() throws {
        guard all != !usernames.isEmpty else {
            throw ValidationError("say whom to approve: usernames, or --all")
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
