internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// `lms export <course>`
struct Export: ServiceCommand {
    static let name = "export"
    static let summary = "Write a course of yours as a course file."
    static let details = """
        Applied again, the file changes nothing. A folder is applied as it is: lms apply biology
        """
    static let examples = [
        "lms export BIO-101 > biology.yaml", "lms export BIO-101 --dir biology", "lms export BIO-101 --no-students > template.yaml",
    ]
    static var syntax: Syntax<Self> {
        [
            .course(\.course),
            .option(
                "--dir", \.dir, takes: .folder, value: "dir",
                "Make this folder with course.yaml, and a file for each material's text."),
            .flag("--no-students", at: \.noStudents, "Leave the students out, as for a template."),
        ]
    }

    var course = CourseReference("")
    var dir: String?
    var noStudents = false
    var options = GlobalOptions()

    func run(on service: SignedInService, in context: CommandContext) async throws {
        let files = try dir.map { try NewFiles(in: $0, for: .everybody) }
        let file = try await service.perform(
            ExportCourse(
                course: course, split: files == nil ? nil : true, students: noStudents ? false : nil))
        if let files {
            try context.printer.list(try write(file, to: files).map(WrittenFile.init))
        } else if context.printer.isFormatChosen {
            try context.printer.record(file)
        } else {
            try context.printer.rawText(file.text)
        }
    }

    /// - Returns: The paths of what was written: all of it, or an error is thrown.
    private func write(_ file: CourseFile, to files: NewFiles) throws -> [String] {
        var texts = [(file.name, file.text)] + file.attachments.map { ($0.path, $0.text) }
        if let name = texts.map(\.0).first(where: { !ExportCourse.canName($0) }) {
            throw LMSError(
                .invalid,
                "the course came with a file \(quoted(name)), which no export has: nothing was written")
        }
        try files.requireNone(of: texts.map(\.0))
        // A .gitattributes that somebody has written stays.
        if !files.has(GitAttributes.fileName) { texts.append((GitAttributes.fileName, GitAttributes.text)) }
        do {
            // The course file gets its name last: where it is there, the texts that it names are there too.
            for (name, text) in texts.reversed() {
                try files.begin(name)
                try files.write(Array(text.utf8))
            }
            try files.end()
        } catch {
            files.remove()
            throw error
        }
        return texts.map { files.path(of: $0.0) }
    }
}

/// Keeps Git from changing the line ends of texts, which are compared byte for byte.
/// Source: https://git-scm.com/docs/gitattributes
private enum GitAttributes {
    static let fileName = ".gitattributes"
    static let text = "* -text\n"
}

/// A file that was written.
private struct WrittenFile: Printable {
    let path: String

    static let columns: [Column<WrittenFile>] = [Column("file", .whole) { Cell($0.path) }]

    var identity: String? { path }
}
