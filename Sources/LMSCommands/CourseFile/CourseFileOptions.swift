internal import Glibc
internal import LMSCommandLine
internal import LMSCore
internal import SystemPackage

/// The arguments and options of every command that takes course files.
struct CourseFileOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .arguments("file", \.files, takes: .file, "The course files, or folders with a course.yaml; - is standard input."),
            .flag("--prune", at: \.prune, "Let go what a list in a file does not name: lists only add without it."),
        ]
    }

    var files: [String] = []
    var prune = false

    func check() throws(LineMistake) {
        guard files.count(where: { $0 == "-" }) <= 1 else {
            throw .refused("standard input (-) can be given once")
        }
    }

    /// The files' texts, and those of the files that they name.
    ///
    /// - Throws: `LMSError`.
    func read(_ context: CommandContext) throws -> [CourseFile] {
        var folders: [String: AttachmentFolder] = [:]
        let sources = try files.map { given in
            let path = try Self.courseFile(at: given)
            let name = path == "-" ? TextInput.standardInput : path
            folders[name] = AttachmentFolder(besides: path)
            return (
                name: name,
                text: try TextInput.read(path: path, context.console, limit: CourseFile.limit + 1)
            )
        }
        return try CourseFile.gathering(sources) { name, path in
            try folders[name]?.read(path) ?? ""
        }
    }

    /// The path that was given; for a folder, that of the file which `export --dir` makes in it.
    private static func courseFile(at path: String) throws -> String {
        guard path != "-", (try? Stat(path).type) == .directory else { return path }
        let file = path.hasSuffix("/") ? "\(path)course.yaml" : "\(path)/course.yaml"
        guard access(file, F_OK) == 0 else {
            throw LMSError(
                .notFound, "there is no course.yaml in the folder \(path)",
                hint: "Name the course file, or make one with: lms export COURSE --dir DIR")
        }
        return file
    }
}
