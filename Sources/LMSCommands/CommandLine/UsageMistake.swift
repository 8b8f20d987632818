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
            ?? refusal(message, see)
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
        guard case .option(let name, nil) = words.roles[index], name.hasPrefix("-"), name != "--" else {
            return false
        }
        if name.hasPrefix("--") {
            // Of a command that takes options with texts, an option is meant.
            return command == "search" && arguments.option(name) == nil && guess(name) == nil
        }
        return !name.dropFirst().allSatisfy { arguments.option("-\($0)") != nil }
    }

    /// Whether an argument of the command is a text.
    private var takesWords: Bool { arguments.places.contains { ["words", "title"].contains($0) } }

    private var unknownOption: LMSError? {
        for role in words.roles {
            guard case .option(let name, let value) = role, name.hasPrefix("--"), name != "--",
                arguments.option(name) == nil
            else { continue }
            if OptionSynonyms.passwords.contains(String(name.dropFirst(2))), takesPassword {
                return noPassword
            }
            let meant = guess(name).map { name in value.map { "\(name)=\(shellQuoted($0))" } ?? name }
            return refusal("unknown option '\(name)'", meant.map { "Did you mean: \($0)" } ?? see)
        }
        return nil
    }

    /// The option that was meant.
    private func guess(_ name: String) -> String? {
        let word = String(name.dropFirst(2)).lowercased()
        let shown = arguments.longNames
        if OptionSynonyms.force.contains(word) { return nil }
        if OptionSynonyms.formats.contains(word), shown.contains("--format") { return "--format \(word)" }
        let meant =
            OptionSynonyms.options[word]?.first(where: shown.contains)
            ?? Spelling.nearest(to: word, among: shown.map { String($0.dropFirst(2)) }).map { "--\($0)" }
            ?? beginning(with: "--\(word)", among: shown)
        return meant.flatMap { OptionSynonyms.destroying.contains($0) ? nil : $0 }
    }

    /// `--desc` is `--description`, though `--description-file` begins so, too.
    private func beginning(with word: String, among names: [String]) -> String? {
        let found = names.filter { $0.hasPrefix(word) }.sorted { $0.count < $1.count }
        guard word.count >= 4, let first = found.first, found.allSatisfy({ $0.hasPrefix(first) }) else {
            return nil
        }
        return first
    }

    private var unknownValue: LMSError? {
        for (index, role) in words.roles.enumerated() {
            let named: (name: String, value: String)? =
                switch role {
                case .option(let name, let value?): (name, value)
                case .value(let name): (name, words.words[index])
                case .option(_, nil), .place: nil
                }
            guard let (name, value) = named, let values = arguments.option(name)?.values, !values.isEmpty,
                !values.contains(value)
            else { continue }
            let meant =
                OptionSynonyms.values[value.lowercased()]?.first(where: values.contains)
                ?? Spelling.nearest(to: value, among: values)
                ?? Spelling.completion(of: value, among: values)
            return refusal(
                "\(name) is \(values.alternatives), not '\(value)'",
                meant.map { "Did you mean: \(name) \($0)" } ?? see)
        }
        return nil
    }

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
        guard let extras else { return nil }
        let extra = words.words[extras].joined(separator: " ")
        let (start, replacement): (Int, [String])
        if extras.count == 1, FileName.isText(extra), arguments.option("--description-file") != nil {
            (start, replacement) = (extras.lowerBound, ["--description-file", extra])
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
