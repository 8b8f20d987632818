internal import LMSCommandLine
internal import LMSCore

/// `lms course create <title>`
struct CourseCreate: ServiceCommand, WritingCommand {
    static let name = "create"
    static let summary = "Create a course."
    static let details = """
        Prints the new course. Without --code, a code is made from the title. Without --enrollment, it is open; without --release-date, it is released today.
        """
    static let examples = [
        #"lms course create "Biology" --code BIO-101 --enrollment approval"#, #"id=$(lms course create "Biology" -q)"#,
    ]
    static var syntax: Syntax<Self> {
        [
            .argument("title", \.title, "The course's title."),
            .group(\.given),
            .flag(
                "--if-not-exists", at: \.ifNotExists, "Be content with a course of yours that has the code already. Needs --code."),
        ]
    }

    var title = ""
    var given = CourseFieldOptions()
    var ifNotExists = false
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        guard !ifNotExists || given.code != nil else {
            throw .refused("--if-not-exists needs --code: the code tells whether the course exists")
        }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let fields = given.fields(title: title, description: try given.text.text(context.console))
        let made = try await service.perform(CreateCourse(fields, ifNotExists: ifNotExists))
        try context.printer.written(made)
        given.entry.remark(on: made.record.code, in: context)
    }
}
