internal import ArgumentParser
internal import LMSCore

/// `lms export <course>`
struct Export: ServiceCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", _superCommandName: "lms",
        abstract: "Write a course of yours as a course file.",
        discussion: """
            Applied again, the file changes nothing.

            Examples:
              lms export BIO-101 > biology.yaml
              lms export BIO-101 --dir biology
            """)

    @Argument(help: "The course's id or code.")
    var course: CourseReference

    @Option(
        help: ArgumentHelp(
            "Make this folder with course.yaml, and a file for each material's text.", valueName: "dir"))
    var dir: String?

    @OptionGroup
    var options: GlobalOptions

    func run(in context: CommandContext) async throws {
        let service = try context.service
        let folder = try dir.map { try ExportFolder(path: $0) }
        let file = try await service.perform(ExportCourse(course: course, split: folder == nil ? nil : true))
        if let folder {
            let written = try folder.write(
                [(file.name, file.text)] + file.attachments.map { ($0.path, $0.text) })
            try context.printer.list(written.map(WrittenFile.init))
        } else if context.printer.isFormatChosen {
            try context.printer.record(file)
        } else {
            try context.printer.rawText(file.text)
        }
    }
}

/// A file that was written.
private struct WrittenFile: Printable {
    let path: String

    static let columns: [Column<WrittenFile>] = [Column("file") { Cell($0.path) }]

    var identity: String? { path }
}

extension CourseFile: Printable {
    static let columns: [Column<CourseFile>] = [
        Column("name") { Cell($0.name) },
        Column("text") { Cell($0.text) },
    ]

    var identity: String? { name }
}
