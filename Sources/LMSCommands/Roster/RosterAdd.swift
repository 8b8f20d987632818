internal import ArgumentParser
internal import LMSCore
internal import LMSText

/// `lms roster add <course> <username> ...`
struct RosterAdd: ServiceCommand, WritingCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", _superCommandName: "lms roster",
        abstract: "Enroll students, all of them or none.",
        discussion: """
            In a file, # begins a comment, and commas may stand between names. Of a table with a column status, the \
            rows that are not enrolled are passed over, so that what lms roster list --format csv prints can be added.

            Examples:
              lms roster add BIO-101 siti budi
              lms roster add BIO-101 --file class-7a.txt
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Argument(help: "The students' usernames.")
    var usernames: [Username] = []

    @Option(
        help: ArgumentHelp(
            "More usernames: one a line, or a table with a column username. - is standard input.",
            valueName: "file"))
    var file: String?

    @OptionGroup
    var writing: WriteOptions

    @OptionGroup
    var options: GlobalOptions

    func validate() throws {
        guard !usernames.isEmpty || file != nil else {
            throw ValidationError("missing expected argument '<usernames> ...', or --file")
        }
        try usernames.requireApart()
    }

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let names = try file.map { path in
            NamesFile(
                name: path == "-" ? TextInput.standardInput : path,
                text: try TextInput.read(path: path, context.console, wanted: .table))
        }
        try context.printer.written(
            await service.perform(AddStudents(course: course, usernames: usernames, file: names)))
        if let names, names.countOfPassedOver > 0, !options.quiet {
            let rows = counted(names.countOfPassedOver, "row")
            let whose = names.countOfPassedOver == 1 ? "its" : "their"
            context.console.note("\(rows) of \(names.name) passed over: \(whose) status is not enrolled.")
        }
    }
}
