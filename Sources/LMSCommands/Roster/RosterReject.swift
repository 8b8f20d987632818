internal import ArgumentParser
internal import LMSCore

/// `lms roster reject <course> (<username> ... | --all)`
struct RosterReject: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", _superCommandName: "lms roster",
        abstract: "Refuse requests to join, all of them or none.",
        discussion: """
            Whoever is enrolled stays: see lms roster remove. Who was refused may ask again.

            Examples:
              lms roster reject BIO-101 siti budi
              lms roster reject BIO-101 --all
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
            throw ValidationError("say whom to refuse: usernames, or --all")
        }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let useCase =
            all ? RejectStudents(allOf: course) : RejectStudents(course: course, usernames: usernames)
        try context.printer.written(
            await service.perform(useCase), orSay: .nobodyAsks(toJoin: course))
    }
}
