internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms roster add <course> <username> ...`
struct RosterAdd: ServiceCommand, WritingCommand {
    static let name = "add"
    static let summary = "Enroll students, all of them or none."
    static let details = """
        In a file, # begins a comment, and commas may stand between names. Of a table with a column status, the \
        rows that are not enrolled are passed over, so that what lms roster list --format csv prints can be added.
        """
    static let examples = ["lms roster add BIO-101 siti budi", "lms roster add BIO-101 --file class-7a.txt"]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .arguments("usernames", \.usernames, isRequired: false, "The students' usernames."),
            .option(
                "--file", \.file, takes: .file, value: "file",
                "More usernames: one a line, or a table with a column username. - is standard input."),
        ]
    }

    var course = CourseReference("")
    var usernames: [Username] = []
    var file: String?
    var isDryRun = false
    var options = GlobalOptions()

    func check() throws(LineMistake) {
        guard !usernames.isEmpty || file != nil else {
            throw .refused("say whom to add: usernames, or --file FILE")
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
