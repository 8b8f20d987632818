internal import ArgumentParser
internal import LMSCore
internal import LMSText

/// A mistake on the line of a command that there is, told with the line as it should be typed where that
/// can be known.
struct UsageMistake {
    private let line: MistakenLine

    /// - Parameters:
    ///   - words: Those behind the command.
    ///   - path: The command's words, without `lms`.
    ///   - message: ArgumentParser's, without its guess at what was meant.
    init(_ words: [String], of command: any ParsableCommand.Type, at path: [String], message: String) {
        line = MistakenLine(words, of: command, at: path, message: message)
    }

    var error: LMSError {
        let values = ValueMistake(line: line)
        return OptionMistake(line: line).error ?? values.unknown ?? ExtraWords(line: line).error
            ?? values.unreadable ?? line.refusal(line.message, line.see)
    }
}
