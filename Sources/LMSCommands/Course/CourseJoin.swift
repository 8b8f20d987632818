internal import LMSCommandLine
internal import LMSCore

/// `lms course join <course>`, `lms course join --key <key>`
struct CourseJoin: ServiceCommand, WritingCommand {
    static let name = "join"
    static let summary = "Enroll in a course, or ask to."
    static let details = """
        In an open course you are enrolled at once. In one with approval, its teacher has to approve first. With the key that \
        your teacher gave you, you are enrolled at once, and need not name the course. In a key, capital and small letters are \
        the same, and blanks and dashes do not matter.
        """
    static let examples = ["lms course join BIO-101", "lms course join --key K7QX-93MF"]
    static var syntax: Syntax<Self> {
        [
            .optional("course", \.course, "The course's id or code. Not needed with its key."),
            .option("--key", \.key, takes: .text, "The key that the course's teacher gave you."),
        ]
    }

    var course: CourseReference?
    var key: EnrollmentKey?
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        guard course != nil || key != nil else { throw .refused("an argument is missing: <course>, or --key <key>") }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let membership = try await service.perform(JoinCourse(course: course, key: key))
        try context.printer.written(membership)
        if membership.record.status == .pending {
            context.printer.remark("Its teacher must approve first. See how it stands with: lms course list")
        }
    }
}
