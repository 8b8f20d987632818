internal import ArgumentParser
internal import LMSCore

/// A mistake on the line of a command that there is, told with the line as it should be typed where that
/// can be known.
struct UsageMistake {
    /// The command's words, without `lms`.
    private let path: [String]
    private let arguments: CommandArguments
    private let words: CommandWords
    /// ArgumentParser's words, without its guess at what was meant.
    private let message: String

    init(_ words: [String], of command: any ParsableCommand.Type, at path: [String], message: String) {
        self.path = path
        arguments = CommandArguments(of: command)
        self.words = CommandWords(words, for: arguments)
        self.message = message
    }

    var error: LMSError {
        firstOption ?? dashedWord ?? unknownOption ?? unknownValue ?? password ?? extraWords
            ?? unreadableValue ?? refusal(message, see)
    }

    private var command: String { path.joined(separator: " ") }
    private var see: String { "See: lms help" + (path.isEmpty ? "" : " \(command)") }

    private func refusal(_ message: String, _ hint: String) -> LMSError {
        LMSError(.usage, message, hint: hint)
    }

    // MARK: - Options

    /// `lms --json course list`
    private var firstOption: LMSError? {
        guard path.isEmpty, case .option(let name, _)? = words.roles.first,
            CommandArguments(of: GlobalOptions.self).option(name) != nil
        else { return nil }
        return refusal(
            "'\(name)' stands in front of the command",
            "Options stand behind it, as in: lms course list --json")
    }

    /// A word to look for, or a title, that begins with a dash.
    private var dashedWord: LMSError? {
        guard takesWords, let index = words.roles.indices.first(where: { isDashedWord(at: $0) }) else {
            return nil
        }
        let word = words.words[index]
        var before = words.words
        before.remove(at: index)
        let isDivided = before.contains("--")
        let line = ["lms"] + path + before.map(shellQuoted) + (isDivided ? [] : ["--"]) + [shellQuoted(word)]
        return refusal(
            "unknown option '\(word)'",
            "A word that begins with a dash stands behind --: \(line.joined(separator: " "))")
    }

    private func isDashedWord(at index: Int) -> Bool {
        guard case .option(let name, nil) = words.roles[index], name != "--", !arguments.hasOption(name),
            !isFollowedByValue(index), !CommandTree.hasOption(name)
        else { return false }
        // Of a command that takes options with texts, an option is meant.
        return !name.hasPrefix("--") || (command == "search" && guess(name, value: nil) == nil)
    }

    /// Whether a word stands behind an option that could be its value.
    private func isFollowedByValue(_ index: Int) -> Bool {
        guard words.roles.indices.contains(index + 1), case .place = words.roles[index + 1] else {
            return false
        }
        return true
    }

    /// Whether an argument of the command is a text.
    private var takesWords: Bool { arguments.places.contains { ["words", "title"].contains($0) } }

    private var unknownOption: LMSError? {
        for (index, role) in words.roles.enumerated() {
            guard case .option(let name, let joined) = role, name != "--", !arguments.hasOption(name)
            else { continue }
            if takesPassword, isPassword(name) { return noPassword }
            let value = joined ?? (isFollowedByValue(index) ? words.words[index + 1] : nil)
            let hint =
                lineWithout(name, at: index)
                ?? guess(name, value: value).map { name in
                    joined.map { "\(name)=\(shellQuoted($0))" } ?? name
                }
            return refusal("unknown option '\(name)'", hint.map { "Did you mean: \($0)" } ?? see)
        }
        return nil
    }

    /// Whether a password stands behind an option, or is one with it, as `-psecret` has it.
    private func isPassword(_ name: String) -> Bool {
        OptionSynonyms.passwords.contains(String(name.drop { $0 == "-" }))
            || (name.hasPrefix("-p") && name.count > 2)
    }

    /// The line of a command whose files stand alone, without an option in front of one.
    private func lineWithout(_ name: String, at index: Int) -> String? {
        guard ["-f", "--file"].contains(name), ["apply", "diff"].contains(command), isFollowedByValue(index),
            words.hasNone(of: OptionSynonyms.destroying)
        else { return nil }
        return words.line(path, replacing: index..<index + 1, with: [])
    }

    /// The option that was meant.
    ///
    /// - Parameter value: What stands behind it.
    private func guess(_ name: String, value: String?) -> String? {
        let word = String(name.drop { $0 == "-" }).lowercased()
        let shown = arguments.longNames
        if OptionSynonyms.force.contains(word) { return nil }
        if OptionSynonyms.output.contains(word) { return output(to: value, among: shown) }
        if OptionSynonyms.formats.contains(word), shown.contains("--format") { return "--format \(word)" }
        let meant =
            OptionSynonyms.options[word]?.first(where: shown.contains)
            ?? Spelling.nearest(to: word, among: shown.map { String($0.dropFirst(2)) }).map { "--\($0)" }
            ?? beginning(with: "--\(word)", among: shown)
        if let meant { return OptionSynonyms.destroying.contains(meant) ? nil : meant }
        return optionWithValue(word)
    }

    /// What is written is written somewhere, or in some format.
    private func output(to value: String?, among shown: [String]) -> String? {
        let isFormat = value.map { arguments.option("--format")?.values.contains($0) == true }
        if shown.contains("--dir"), isFormat != true { return "--dir" }
        return isFormat == false ? nil : "--format"
    }

    /// `--pending` is a value of `--status`.
    private func optionWithValue(_ value: String) -> String? {
        arguments.options.first { $0.isShown && $0.values.contains(value) }?.longName
            .flatMap { OptionSynonyms.destroying.contains($0) ? nil : "\($0) \(value)" }
    }

    /// `--desc` is `--description`, though `--description-file` begins so, too.
    private func beginning(with word: String, among names: [String]) -> String? {
        let found = names.filter { $0.hasPrefix(word) }.sorted { $0.count < $1.count }
        guard word.count >= 4, let first = found.first, found.allSatisfy({ $0.hasPrefix(first) }) else {
            return nil
        }
        return first
    }

    // MARK: - Values

    private var unknownValue: LMSError? {
        for (index, role) in words.roles.enumerated() {
            guard let given = given(role, at: index), !given.values.isEmpty,
                !given.values.contains(given.value)
            else { continue }
            let meant =
                OptionSynonyms.values[given.value.lowercased()]?.first(where: given.values.contains)
                ?? Spelling.nearest(to: given.value, among: given.values)
                ?? Spelling.completion(of: given.value, among: given.values)
            return refusal(
                "\(given.name) is \(given.values.alternatives), not '\(given.value)'",
                meant.map { "Did you mean: \(line(with: $0, for: given, at: index))" } ?? see)
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

        init(place: String, value: String, among values: [String]) {
            self.init(name: "the \(place)", kind: place, value: value, values: values, isOption: false)
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
            arguments.option(name).map { Given(option: name, value: value, among: $0.values) }
        case .value(let name):
            arguments.option(name).map { Given(option: name, value: words.words[index], among: $0.values) }
        case .place(let place) where place < arguments.places.count:
            Given(
                place: arguments.places[place], value: words.words[index], among: arguments.placeValues[place]
            )
        case .option(_, nil), .place: nil
        }
    }

    /// The option with another value, or the line where an argument has it.
    private func line(with value: String, for given: Given, at index: Int) -> String {
        given.isOption
            ? "\(given.name) \(value)" : words.line(path, replacing: index..<index + 1, with: [value])
    }

    /// A value that cannot be read, in place of ArgumentParser's words for it.
    private var unreadableValue: LMSError? {
        guard message.hasPrefix("the value '") else { return nil }
        for (index, role) in words.roles.enumerated() {
            guard let given = given(role, at: index),
                message.hasPrefix("the value '\(given.value)' is invalid")
            else { continue }
            switch given.kind {
            case "lifetime":
                let meant = isDestroying ? nil : LifetimeSlip.meant(by: given.value)
                return refusal(
                    "\(given.name) is a number with d, h or m behind it, such as 30d, not '\(given.value)'",
                    meant.map { "Did you mean: \(line(with: $0, for: given, at: index))" } ?? see)
            case "limit", "position", "port":
                return refusal("\(given.name) is a number in digits, not '\(given.value)'", see)
            default:
                return refusal("\(given.name) cannot be '\(given.value)'", see)
            }
        }
        return nil
    }

    /// Whether the command takes something away: no line of it is suggested.
    private var isDestroying: Bool { CommandSynonyms.destroyingNames.contains(path.last ?? "") }

    // MARK: - Words too many

    private var takesPassword: Bool {
        arguments.option("--password-stdin") != nil
    }

    private var noPassword: LMSError {
        refusal(
            "a password is not written on the command line, where others can see it",
            "It is asked for; a script sends it to standard input, with --password-stdin.")
    }

    /// What stands where nothing is expected may be a password: it is not shown again.
    private var password: LMSError? {
        guard takesPassword, let extras = extras else { return nil }
        let word = words.words[extras.lowerBound]
        let role = OptionSynonyms.values[word.lowercased()]?.first ?? word.lowercased()
        if extras.count == 1, arguments.option("--role")?.values.contains(role) == true {
            return refusal(
                "unexpected argument '\(word)'",
                "Did you mean: \(words.line(path, replacing: extras, with: ["--role", role]))")
        }
        return noPassword
    }

    private var extras: Range<Int>? {
        arguments.takesMany ? nil : words.extras(beyond: arguments.places.count)
    }

    private var extraWords: LMSError? {
        guard let extras, !isDestroying else { return nil }
        let extra = words.words[extras].joined(separator: " ")
        let (start, replacement): (Int, [String])
        if extras.count == 1, FileName.isText(extra), arguments.option("--description-file") != nil {
            (start, replacement) = (extras.lowerBound, ["--description-file", extra])
        } else if extras.count == 1, let option = targetOption(for: extra) {
            (start, replacement) = (extras.lowerBound, [option, extra])
        } else if isText(at: extras.lowerBound - 1) {
            (start, replacement) = (
                extras.lowerBound - 1, ["\(words.words[extras.lowerBound - 1]) \(extra)"]
            )
        } else if let option = Self.optionsForWords[command] {
            (start, replacement) = (extras.lowerBound, [option, extra])
        } else {
            return nil
        }
        let line = words.line(path, replacing: start..<extras.upperBound, with: replacement)
        return refusal("unexpected argument '\(words.words[extras.lowerBound])'", "Did you mean: \(line)")
    }

    /// The option for what looks like a database or a server, where none is named.
    private func targetOption(for word: String) -> String? {
        guard words.hasNone(of: ["--db", "--server"]) else { return nil }
        let name = word.lowercased()
        if name.hasPrefix("http://") || name.hasPrefix("https://") {
            return arguments.longNames.contains("--server") ? "--server" : nil
        }
        let isDatabase =
            name.hasPrefix("postgres://") || name.hasPrefix("postgresql://")
            || [".db", ".sqlite", ".sqlite3"].contains { name.hasSuffix($0) }
        return isDatabase && arguments.longNames.contains("--db") ? "--db" : nil
    }

    /// Whether a word begins a text that may have several.
    private func isText(at index: Int) -> Bool {
        guard words.roles.indices.contains(index) else { return false }
        return switch words.roles[index] {
        case .place(let place): place < arguments.places.count && arguments.places[place] == "title"
        case .value(let option): ["--title", "--description", "--label", "--search"].contains(option)
        case .option: false
        }
    }

    /// Where a word that has no place belongs.
    private static let optionsForWords = [
        "course edit": "--title", "material edit": "--title", "token create": "--label", "export": "--dir",
        "course list": "--search",
    ]
}
