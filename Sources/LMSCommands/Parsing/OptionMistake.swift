internal import LMSCore
internal import LMSText

/// A mistake in the options of a line.
struct OptionMistake {
    let line: MistakenLine

    /// - Parameter index: Of the first option that is unknown.
    func error(at index: Int) -> LMSError {
        firstOption ?? dashedWord ?? unknownOption(at: index)
    }

    /// An option in front of the command, as in `lms --json course list`.
    private var firstOption: LMSError? {
        guard line.path.isEmpty, case .option(let name, _)? = line.words.roles.first,
            GlobalOptions.syntax.parameters.option(name) != nil
        else { return nil }
        return line.refusal(
            "'\(name)' stands in front of the command",
            "Options stand behind it, as in: lms course list --json")
    }

    /// A word to look for, or a title, that begins with a dash.
    private var dashedWord: LMSError? {
        guard takesWords, let index = line.words.roles.indices.first(where: { isDashedWord(at: $0) }) else {
            return nil
        }
        let word = line.words.texts[index]
        var before = line.words.texts
        before.remove(at: index)
        let isDivided = before.contains("--")
        let meant =
            ["lms"] + line.path + before.map(shellQuoted) + (isDivided ? [] : ["--"]) + [shellQuoted(word)]
        return line.refusal(
            "unknown option '\(word)'",
            "A word that begins with a dash stands behind --: \(meant.joined(separator: " "))")
    }

    private func isDashedWord(at index: Int) -> Bool {
        guard case .option(let name, nil) = line.words.roles[index], name != "--",
            line.parameters.indices(named: name).isEmpty,
            !line.isFollowedByValue(index), !CommandTree.optionNames.contains(name)
        else { return false }
        // With two dashes an option is meant, but in a search, whose words may be anything.
        return !name.hasPrefix("--") || (line.command == "search" && guess(name, value: nil) == nil)
    }

    /// Whether an argument of the command is a text.
    private var takesWords: Bool {
        line.parameters.contains { !$0.isOption && ["words", "title"].contains($0.valueName) }
    }

    private func unknownOption(at index: Int) -> LMSError {
        guard case .option(let name, let joined) = line.words.roles[index] else {
            return line.refusal("unknown option '\(line.words.texts[index])'", line.see)
        }
        if line.takesPassword, isPassword(name) { return line.noPassword }
        let value = joined ?? (line.isFollowedByValue(index) ? line.words.texts[index + 1] : nil)
        let hint =
            lineWithout(name, at: index)
            ?? guess(name, value: value).map { name in
                // A flag has no value; what stands there may be a password.
                line.parameters.option(name)?.takesValue == true
                    ? joined.map { "\(name)=\(shellQuoted($0))" } ?? name : name
            }
        return line.refusal("unknown option '\(name)'", hint.map { "Did you mean: \($0)" } ?? line.see)
    }

    /// Whether a password stands behind an option, or is one with it, as `-psecret` has it.
    private func isPassword(_ name: String) -> Bool {
        OptionSynonyms.passwords.contains(String(name.drop { $0 == "-" }))
            || (name.hasPrefix("-p") && name.count > 2)
    }

    /// The line of a command whose files stand alone, without an option in front of one.
    private func lineWithout(_ name: String, at index: Int) -> String? {
        guard ["-f", "--file"].contains(name), ["apply", "diff"].contains(line.command),
            line.isFollowedByValue(index),
            line.words.hasNone(of: OptionSynonyms.destroying)
        else { return nil }
        return line.line(replacing: index..<index + 1, with: [])
    }

    /// The option that was meant.
    ///
    /// - Parameter value: What stands behind it.
    private func guess(_ name: String, value: String?) -> String? {
        let word = String(name.drop { $0 == "-" }).lowercased()
        let shown = line.longNames
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

    /// What `-o` means: the folder to write to, or the format.
    private func output(to value: String?, among shown: [String]) -> String? {
        let isFormat = value.map { line.parameters.option("--format")?.values.contains($0) == true }
        if shown.contains("--dir"), isFormat != true { return "--dir" }
        return isFormat == false ? nil : "--format"
    }

    /// The option that has a value of that name: `--pending` means `--status pending`.
    private func optionWithValue(_ value: String) -> String? {
        line.parameters.first { $0.isOption && !$0.isHidden && $0.values.contains(value) }?.longName
            .flatMap { OptionSynonyms.destroying.contains($0) ? nil : "\($0) \(value)" }
    }

    /// The shortest option that begins so: `--desc` means `--description`, though `--description-file` begins so, too.
    private func beginning(with word: String, among names: [String]) -> String? {
        let found = names.filter { $0.hasPrefix(word) }.sorted { $0.count < $1.count }
        guard word.count >= 4, let first = found.first, found.allSatisfy({ $0.hasPrefix(first) }) else {
            return nil
        }
        return first
    }
}
