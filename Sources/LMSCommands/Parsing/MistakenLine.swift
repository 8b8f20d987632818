internal import ArgumentParser
internal import LMSCore

/// The line of a command that there is, with a mistake in it.
struct MistakenLine {
    /// The command's words, without `lms`.
    let path: [String]
    let arguments: CommandArguments
    let words: CommandWords
    /// ArgumentParser's words for the mistake, without its guess at what was meant.
    let message: String

    init(_ words: [String], of command: any ParsableCommand.Type, at path: [String], message: String) {
        self.path = path
        arguments = CommandArguments(of: command)
        self.words = CommandWords(words, for: arguments)
        self.message = message
    }

    var command: String { path.joined(separator: " ") }

    /// The advice to read the command's page.
    var see: String { "See: lms help" + (path.isEmpty ? "" : " \(command)") }

    /// Whether the command takes something away: no line of it is suggested.
    var isDestroying: Bool { CommandSynonyms.destroyingNames.contains(path.last ?? "") }

    /// Whether a word stands behind an option that could be its value.
    func isFollowedByValue(_ index: Int) -> Bool {
        guard words.roles.indices.contains(index + 1), case .argument = words.roles[index + 1] else {
            return false
        }
        return true
    }

    var takesPassword: Bool { arguments.option("--password-stdin") != nil }

    func refusal(_ message: String, _ hint: String) -> LMSError {
        LMSError(.usage, message, hint: hint)
    }

    /// What is said where a password may stand on the line: it is not shown again.
    var noPassword: LMSError {
        refusal(
            "a password is not written on the command line, where others can see it",
            "It is asked for; a script sends it to standard input, with --password-stdin.")
    }
}
