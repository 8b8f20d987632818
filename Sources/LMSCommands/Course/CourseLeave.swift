internal import LMSCommandLine
internal import LMSCore

/// `lms course leave <course>`
struct CourseLeave: ServiceCommand, WritingCommand {
    static let name = "leave"
    static let summary = "Leave a course, or take back the request to join."
    static let details = """
        Asks first, on a terminal.
        """
    static let examples = ["lms course leave BIO-101"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .group(\.confirming),
        ]
    }

    var course = CourseReference("")
    var confirming = ConfirmOptions()
    var isDryRun = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let left = try await context.confirmed(confirming, unattended: .done) { expected in
            expected.record.status == .pending
                ? Question("Take back the request to join '\(expected.record.title)'?")
                : Question("Leave '\(expected.record.title)'?")
        } _: { isDryRun in
            try await service.perform(LeaveCourse(course: course), isDryRun: isDryRun)
        }
        guard let left else { return }
        try context.printer.written(left)
        context.printer.remark(
            left.record.status == .pending
                ? "Your request to join '\(left.record.title)' was taken back." : "You have left '\(left.record.title)'.")
    }
}
