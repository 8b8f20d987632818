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
    ///
    /// - Throws: `LMSError` `invalid` for an empty file, which is more often a slip than a wish.
    func text(_ console: Console) throws -> String? {
        guard let descriptionFile else { return description }
        let text = try TextInput.read(path: descriptionFile, console)
        guard !text.isEmpty else {
            let name = descriptionFile == "-" ? TextInput.standardInput : descriptionFile
            throw LMSError(
                .invalid, "\(name) is empty", hint: "To have no text, say so with: --description ''")
        }
        return text
    }
}
