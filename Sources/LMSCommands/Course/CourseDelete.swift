internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms course delete <course>`
struct CourseDelete: ServiceCommand, WritingCommand {
    static let name = "delete"
    static let summary = "Delete a course of yours, with its materials and enrollments."
    static let examples = ["lms course delete BIO-101"]
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

    func checkLine(in context: CommandContext) throws {
        try context.requireConfirmation(confirming)
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let deleted = try await context.confirmed(confirming, unattended: .refused) { expected in
            Question("Delete '\(expected.record.course.title)' with \(Self.contents(expected.record))?")
        } _: { isDryRun in
            try await service.perform(DeleteCourse(course: course), isDryRun: isDryRun)
        }
        guard let deleted else { return }
        context.console.note("With it: \(Self.contents(deleted.record)).")
        context.sayHowToRestore(deleted.record.trash)
        try context.printer.written(deleted)
    }

    private static func contents(_ deleted: DeletedCourse) -> String {
        "\(counted(deleted.materials, "material")) and \(counted(deleted.enrollments, "enrollment"))"
    }
}
