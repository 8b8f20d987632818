internal import ArgumentParser
internal import LMSCore

/// What every command that takes course files has.
struct CourseFileOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The course files; - is standard input.", valueName: "file"))
    var files: [String]

    @Flag(help: "Let go what a list in a file does not name: lists only add without it.")
    var prune = false

    func validate() throws {
        guard files.count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("standard input (-) can be given once")
        }
    }

    /// The files' texts, and those of the files that they name.
    ///
    /// - Throws: `LMSError`.
    func read(_ context: CommandContext) throws -> [CourseFile] {
        var folders: [String: AttachmentFolder] = [:]
        let sources = try files.map { path in
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
}
