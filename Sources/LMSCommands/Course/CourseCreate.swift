internal import ArgumentParser
internal import LMSCore

/// `lms course create <title>`
struct CourseCreate: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", _superCommandName: "lms course",
        abstract: "Create a course.",
        discussion: """
            Prints the new course. Without --code, a code is made from the title. Without --enrollment, it is open; without --release-date, it is released today.

            Examples:
              lms course create "Biology" --code BIO-101 --enrollment approval
              id=$(lms course create "Biology" -q)
            """)

    @Argument(help: "The course's title.")
    var title: String

    @OptionGroup
    var given: CourseFieldOptions

    @Flag(help: "Be content with a course of yours that has the code already. Needs --code.")
    var ifNotExists = false

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func validate() throws {
        guard !ifNotExists || given.code != nil else {
            throw ValidationError("--if-not-exists needs --code: the code tells whether the course exists")
        }
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let fields = given.fields(title: title, description: try given.text.text(context.console))
        try context.printer.written(
            await service.perform(CreateCourse(fields, ifNotExists: ifNotExists)))
    }
}
