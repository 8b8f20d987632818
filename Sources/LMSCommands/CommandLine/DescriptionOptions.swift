internal import ArgumentParser
internal import LMSCore

/// Where the text of a course or a material comes from.
struct DescriptionOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("The text.", valueName: "text"))
    var description: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The file that holds the text; - for standard input.", valueName: "file"))
    var descriptionFile: String?

    func validate() throws {
        guard description == nil || descriptionFile == nil else {
            throw ValidationError("give only one of --description and --description-file")
        }
    }

    var isGiven: Bool { description != nil || descriptionFile != nil }

    /// The text; `nil` where none was given.
    func text(_ console: Console) throws -> String? {
        try descriptionFile.map { try TextInput.read(path: $0, console) } ?? description
    }
}
