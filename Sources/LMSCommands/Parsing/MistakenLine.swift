internal import LMSCommandLine
internal import LMSCore

/// The line of a command that there is, with a mistake in it.
struct MistakenLine {
    /// The command's words, without `lms`.
    let path: [String]
    let parameters: [Parameter]
    let words: LineWords

    init(_ path: CommandPath) {
        self.path = path.words
        parameters = path.node.parameters
        words = LineWords(path.rest, for: parameters)
    }

    var command: String { path.joined(separator: " ") }

    /// The advice to read the command's page.
    var see: String { "See: lms help" + (path.isEmpty ? "" : " \(command)") }

    /// The long names of the options that help shows.
    var longNames: [String] { parameters.filter { !$0.isHidden && $0.isOption }.compactMap(\.longName) }

    /// Whether the command takes something away: no line of it is suggested.
    var isDestroying: Bool { CommandSynonyms.destroyingNames.contains(path.last ?? "") }

    /// Whether a word stands behind an option that could be its value.
    func isFollowedByValue(_ index: Int) -> Bool {
        guard words.roles.indices.contains(index + 1), case .argument = words.roles[index + 1] else {
            return false
        }
        return true
    }

    var takesPassword: Bool { parameters.option("--password-stdin") != nil }

    /// The line with some of its words replaced, as a shell takes it.
    func line(replacing range: Range<Int>, with replacement: [String]) -> String {
        var all = words.texts
        all.replaceSubrange(range, with: replacement)
        return (["lms"] + path + all.map(shellQuoted)).joined(separator: " ")
    }

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
