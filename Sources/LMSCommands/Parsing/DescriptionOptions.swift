internal import LMSCommandLine
internal import LMSCore

/// Where the text of a course or a material comes from.
struct DescriptionOptions: ArgumentGroup {
    static var syntax: Syntax<Self> {
        [
            .option("--description", \.description, takes: .text, value: "text", "The text."),
            .option(
                "--description-file", \.descriptionFile, takes: .path, value: "file",
                "The file that holds the text; - for standard input."),
        ]
    }

    var description: String?
    var descriptionFile: String?

    func check() throws(LineMistake) {
        guard description == nil || descriptionFile == nil else {
            throw .refused("give only one of --description and --description-file")
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
