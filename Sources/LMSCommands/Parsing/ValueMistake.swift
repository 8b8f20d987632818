internal import LMSCore
internal import LMSText

/// A value on a line, of an option or of an argument, that is none of those that there are or cannot be read.
struct ValueMistake {
    let line: MistakenLine

    /// A value that is none of those that there are.
    var unknown: LMSError? {
        for (index, role) in line.words.roles.enumerated() {
            guard let given = given(role, at: index), !given.values.isEmpty,
                !given.values.contains(given.value)
            else { continue }
            let meant =
                OptionSynonyms.values[given.value.lowercased()]?.first(where: given.values.contains)
                ?? Spelling.nearest(to: given.value, among: given.values)
                ?? Spelling.completion(of: given.value, among: given.values)
            return line.refusal(
                "\(given.name) is \(given.values.alternatives), not '\(given.value)'",
                meant.map { "Did you mean: \(correction(with: $0, for: given, at: index))" } ?? line.see)
        }
        return nil
    }

    /// A value on the line, and what it is given for.
    private struct Given {
        /// As a message has it.
        let name: String
        /// Without dashes.
        let kind: String
        let value: String
        /// The values that there are; empty where any is taken.
        let values: [String]
        let isOption: Bool

        init(option name: String, value: String, among values: [String]) {
            self.init(
                name: name, kind: String(name.drop { $0 == "-" }), value: value, values: values,
                isOption: true)
        }

        init(argument name: String, value: String, among values: [String]) {
            self.init(name: "the \(name)", kind: name, value: value, values: values, isOption: false)
        }

        private init(name: String, kind: String, value: String, values: [String], isOption: Bool) {
            self.name = name
            self.kind = kind
            self.value = value
            self.values = values
            self.isOption = isOption
        }
    }

    private func given(_ role: CommandWords.Role, at index: Int) -> Given? {
        switch role {
        case .option(let name, let value?):
            line.arguments.option(name).map { Given(option: name, value: value, among: $0.values) }
        case .value(let name):
            line.arguments.option(name).map {
                Given(option: name, value: line.words.texts[index], among: $0.values)
            }
        case .argument(let number) where number < line.arguments.names.count:
            Given(
                argument: line.arguments.names[number], value: line.words.texts[index],
                among: line.arguments.values[number]
            )
        case .option(_, nil), .argument: nil
        }
    }

    /// The option with another value, or the line where an argument has it.
    private func correction(with value: String, for given: Given, at index: Int) -> String {
        given.isOption
            ? "\(given.name) \(value)"
            : line.words.line(line.path, replacing: index..<index + 1, with: [value])
    }

    /// A value that cannot be read, in place of ArgumentParser's words for it.
    var unreadable: LMSError? {
        guard line.message.hasPrefix("the value '") else { return nil }
        for (index, role) in line.words.roles.enumerated() {
            guard let given = given(role, at: index),
                line.message.hasPrefix("the value '\(given.value)' is invalid")
            else { continue }
            switch given.kind {
            case "lifetime":
                let meant = line.isDestroying ? nil : LifetimeSlip.meant(by: given.value)
                return line.refusal(
                    "\(given.name) is a number with d, h or m behind it, such as 30d, not '\(given.value)'",
                    meant.map { "Did you mean: \(correction(with: $0, for: given, at: index))" } ?? line.see)
            case "limit", "position", "port":
                return line.refusal("\(given.name) is a number in digits, not '\(given.value)'", line.see)
            default:
                return line.refusal("\(given.name) cannot be '\(given.value)'", line.see)
            }
        }
        return nil
    }
}
