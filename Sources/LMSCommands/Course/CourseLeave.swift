internal import ArgumentParser
internal import LMSCore

/// `lms course leave <course>`
struct CourseLeave: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave", _superCommandName: "lms course",
        abstract: "Leave a course, or take back the request to join.",
        discussion: """
            Asks first, on a terminal.

            Example:
              lms course leave BIO-101
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @OptionGroup
    var confirming: ConfirmOptions

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let left = try await context.confirmed(confirming, unattended: .done) { expected in
            switch expected.record.status {
            case .enrolled: Question("Leave '\(expected.record.title)'?")
            case .pending: Question("Take back the request to join '\(expected.record.title)'?")
            }
        } _: { isDryRun in
            try await service.perform(LeaveCourse(course: course), isDryRun: isDryRun)
        }
        guard let left else { return }
        try context.printer.written(left)
        switch left.record.status {
        case .enrolled: context.printer.remark("You have left '\(left.record.title)'.")
        case .pending: context.printer.remark("Your request to join '\(left.record.title)' was taken back.")
        }
    }
}
