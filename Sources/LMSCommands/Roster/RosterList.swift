internal import LMSCommandLine
internal import LMSCore

/// `lms roster list <course>`
struct RosterList: ServiceCommand {
    static let name = "list"
    static let summary = "List the students of a course, and who asks to join."
    static let examples = ["lms roster list BIO-101 --status pending"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .option("--status", \.status, "Only these: enrolled or pending."),
        ]
    }

    var course = CourseReference("")
    var status: EnrollmentStatus?
    var options = GlobalOptions()

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
