internal import ArgumentParser
internal import LMSCore

/// `lms roster list <course>`
struct RosterList: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", _superCommandName: "lms roster",
        abstract: "List the students of a course, and who asks to join.",
        discussion: """
            Example:
              lms roster list BIO-101 --status pending
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Option(help: "Only these: enrolled or pending.")
    var status: EnrollmentStatus?

    @OptionGroup
    var options: GlobalOptions

    func run(on service: SignedInService, in context: CommandContext) async throws {
        try await context.printer.list(orSay: nobody) { after in
            try await service.perform(
                ListRoster(course: course, status: status, limit: CommandContext.pageSize, after: after))
        }
    }

    private var nobody: EmptyList {
        switch status {
        case .pending: .nobodyAsks(toJoin: course)
        case .enrolled, nil:
            EmptyList(
                "Nobody is in the course '\(course)' yet.",
                next: "Enroll students with: lms roster add \(course) USERNAME")
        }
    }
}
