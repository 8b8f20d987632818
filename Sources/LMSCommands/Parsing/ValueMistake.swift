internal import LMSCommandLine
internal import LMSCore
internal import LMSText

/// A value on a line, of an option or of an argument, that is none of those that there are or cannot be read.
struct ValueMistake {
    let line: MistakenLine

    /// - Parameter index: Of the word that has the value.
    func unknown(_ parameter: Parameter, at index: Int) -> LMSError {
        let value = value(at: index)
        let meant =
            OptionSynonyms.values[value.lowercased()]?.first(where: parameter.values.contains)
            ?? Spelling.nearest(to: value, among: parameter.values)
            ?? Spelling.completion(of: value, among: parameter.values)
        return line.refusal(
            "\(name(of: parameter)) is \(parameter.values.alternatives), not '\(value)'",
            meant.map { "Did you mean: \(correction(of: parameter, to: $0, at: index))" } ?? line.see)
    }

    func unreadable(_ parameter: Parameter, at index: Int) -> LMSError {
        let (name, value) = (name(of: parameter), value(at: index))
        switch parameter.valueName {
        case "lifetime":
            let meant = line.isDestroying ? nil : LifetimeSlip.meant(by: value)
            return line.refusal(
                "\(name) is a number with d, h or m behind it, such as 30d, not '\(value)'",
                meant.map { "Did you mean: \(correction(of: parameter, to: $0, at: index))" } ?? line.see)
        case "limit", "n", "count":
            return line.refusal("\(name) is a number in digits, not '\(value)'", line.see)
        default:
            return line.refusal("\(name) cannot be '\(value)'", line.see)
        }
    }

    /// As a message has it.
    private func name(of parameter: Parameter) -> String {
        parameter.isOption ? parameter.longName ?? parameter.label : "the \(parameter.valueName)"
    }

    private func value(at index: Int) -> String {
        if case .option(_, let value?) = line.words.roles[index] { value } else { line.words.texts[index] }
    }

    /// The option with another value, or the line where an argument has it.
    private func correction(of parameter: Parameter, to value: String, at index: Int) -> String {
        parameter.isOption
            ? "\(name(of: parameter)) \(value)" : line.line(replacing: index..<index + 1, with: [value])
    }
}
