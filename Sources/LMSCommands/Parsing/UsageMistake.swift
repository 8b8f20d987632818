internal import LMSCommandLine
internal import LMSCore

/// A mistake on the line of a command that there is, told with the line as it should be typed where that
/// can be known.
struct UsageMistake {
    private let mistake: LineMistake
    private let line: MistakenLine

    init(_ mistake: LineMistake, at path: CommandPath) {
        self.mistake = mistake
        line = MistakenLine(path)
    }

    var error: LMSError {
        switch mistake {
        case .unknownOption(let index): OptionMistake(line: line).error(at: index)
        case .unknownValue(let parameter, let index): ValueMistake(line: line).unknown(parameter, at: index)
        case .extraWord(let index): ExtraWords(line: line).error(at: index)
        case .unreadable(let parameter, let index): ValueMistake(line: line).unreadable(parameter, at: index)
        case .takesNoValue(let flag): line.refusal("\(flag.label) takes no value", line.see)
        case .lacksValue(let option): line.refusal("a value is missing: \(option.label)", line.see)
        case .missing(let parameter):
            line.refusal(
                parameter.isOption
                    ? "an option is missing: \(parameter.label)" : "an argument is missing: <\(parameter.valueName)>", line.see)
        case .refused(let message): line.refusal(message, line.see)
        }
    }
}
