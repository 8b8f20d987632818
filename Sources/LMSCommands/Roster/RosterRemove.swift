internal import ArgumentParser
internal import LMSCore

/// `lms roster remove <course> <username> ...`
struct RosterRemove: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", _superCommandName: "lms roster",
        abstract: "Take students off the roster, all of them or none.",
        discussion: """
            Asks first, on a terminal. A request to join is refused with lms roster reject.

            Example:
              lms roster remove BIO-101 budi
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Argument(help: "The students' usernames.")
    var usernames: [Username]

    @OptionGroup
    var confirming: ConfirmOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func validate() throws {
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
