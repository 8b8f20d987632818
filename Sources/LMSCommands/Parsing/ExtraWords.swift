internal import LMSCore

/// Words on a line that no argument is there for.
struct ExtraWords {
    let line: MistakenLine

    /// - Parameter index: Of the first word too many.
    func error(at index: Int) -> LMSError {
        password ?? extraWords ?? line.refusal("unexpected argument '\(line.words.texts[index])'", line.see)
    }

    /// A word too many behind a command that takes a password may be one: it is not shown again.
    private var password: LMSError? {
        guard line.takesPassword, let extras = line.words.extras else { return nil }
        let word = line.words.texts[extras.lowerBound]
        let role = OptionSynonyms.values[word.lowercased()]?.first ?? word.lowercased()
        if extras.count == 1, line.parameters.option("--role")?.values.contains(role) == true {
            return line.refusal(
                "unexpected argument '\(word)'",
                "Did you mean: \(line.line(replacing: extras, with: ["--role", role]))")
        }
        return line.noPassword
    }

    private var extraWords: LMSError? {
        guard let extras = line.words.extras, !line.isDestroying else { return nil }
        let extra = line.words.texts[extras].joined(separator: " ")
        let (start, replacement): (Int, [String])
        if extras.count == 1, FileName.isText(extra), line.parameters.option("--description-file") != nil {
            (start, replacement) = (extras.lowerBound, ["--description-file", extra])
        } else if extras.count == 1, let option = targetOption(for: extra) {
            (start, replacement) = (extras.lowerBound, [option, extra])
        } else if isText(at: extras.lowerBound - 1) {
            (start, replacement) = (
                extras.lowerBound - 1, ["\(line.words.texts[extras.lowerBound - 1]) \(extra)"]
            )
        } else if let option = Self.optionsForWords[line.command] {
            (start, replacement) = (extras.lowerBound, [option, extra])
        } else {
            return nil
        }
        let meant = line.line(replacing: start..<extras.upperBound, with: replacement)
        return line.refusal(
            "unexpected argument '\(line.words.texts[extras.lowerBound])'", "Did you mean: \(meant)")
    }

    /// The option for what looks like a database or a server, where none is named.
    private func targetOption(for word: String) -> String? {
        guard line.words.hasNone(of: ["--db", "--server"]) else { return nil }
        let name = word.lowercased()
        if name.hasPrefix("http://") || name.hasPrefix("https://") {
            return line.longNames.contains("--server") ? "--server" : nil
        }
        let isDatabase =
            name.hasPrefix("postgres://") || name.hasPrefix("postgresql://")
            || [".db", ".sqlite", ".sqlite3"].contains { name.hasSuffix($0) }
        return isDatabase && line.longNames.contains("--db") ? "--db" : nil
    }

    /// Whether a word begins a text that may have several.
    private func isText(at index: Int) -> Bool {
        guard line.words.roles.indices.contains(index) else { return false }
        return switch line.words.roles[index] {
        case .argument(let number):
            line.parameters.index(ofArgument: number).map { line.parameters[$0].valueName } == "title"
        case .value(let option): ["--title", "--description", "--label", "--search"].contains(option)
        case .option: false
        }
    }

    /// By command, the option that a word too many belongs to.
    private static let optionsForWords = [
        "course edit": "--title", "material edit": "--title", "token create": "--label", "export": "--dir",
        "course list": "--search",
    ]
}
