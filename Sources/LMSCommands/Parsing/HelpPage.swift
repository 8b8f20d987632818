internal import ArgumentParser

/// A page of help: ArgumentParser's text, made fit for the terminal and for the command.
///
/// The options that all commands share are one `[<options>]` of the usage, and an operator's command has none of those that it
/// always refuses.
enum HelpPage {
    /// How wide a page is where it goes to a file or a pipe.
    static let columns = 80

    /// - Parameters:
    ///   - text: As ArgumentParser writes it for so many columns.
    ///   - command: Whose page it is; `nil` where that is not known.
    static func text(_ text: String, of command: (any ParsableArguments.Type)?, columns: Int) -> String {
        let refused = command.map(refusedOptions) ?? []
        var lines: [Substring] = []
        var isLeftOut = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !line.hasPrefix(helpIndent) || line.isEmpty {
                isLeftOut = refused.contains { line == "  \($0)" || line.hasPrefix("  \($0) ") }
            }
            if !isLeftOut { lines.append(line) }
        }
        return lines.map { $0.hasPrefix("USAGE: ") ? DisplayWidth.wrap(usage($0), to: columns) : String($0) }
            .joined(separator: "\n")
    }

    /// The indentation of an option's help from its second line on.
    private static let helpIndent = String(repeating: " ", count: 26)

    /// Options that all commands take, and that this one always refuses. They are parsed, so that the refusal can say why, and
    /// are left out of the help.
    static func refusedOptions(of command: any ParsableArguments.Type) -> Set<String> {
        guard command is any OperatorCommand.Type else { return [] }
        return command is Serve.Type
            ? ["--server", "--ca-file"] : ["--server", "--ca-file", "--insecure-http"]
    }

    /// The usage of a command without the options that all have, which make one line of it that is far too long.
    private static func usage(_ line: Substring) -> String {
        guard line.contains(" [--db <path>]") else { return String(line) }
        let rest = line.replacing(/\s\[-[^\]]*\]/, with: "")
        let end = [" <", " ["].compactMap { rest.firstRange(of: $0)?.lowerBound }.min() ?? rest.endIndex
        return rest[..<end] + " [<options>]" + rest[end...]
    }
}
