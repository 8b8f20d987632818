internal import ArgumentParser
internal import Foundation
internal import LMSCore

/// Finds the command that the words of a command line name.
enum CommandTree {
    /// The command, its options read.
    ///
    /// The leaf is parsed alone, because ArgumentParser's time grows with the tree above it; its configuration's
    /// `_superCommandName` spares it a search for completion requests, which is a fifth of a short command's time. Where that
    /// does not work out (a mistake, a call for help), the whole tree is parsed, for its words. Parsing the leaf alone saves a
    /// third of a short command's time.
    ///
    /// - Throws: `LMSError` `usage` for a command that does not exist, or ArgumentParser's errors.
    static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        if arguments.first == "help" {
            // For a word that is no command, ArgumentParser would print the help of `lms` itself.
            _ = try find(Array(arguments.dropFirst()), calling: "lms help")
            return try LMS.parseAsRoot(arguments)
        }
        try Extension.runIfNamed(by: arguments, besides: names(below: LMS.self))
        let (command, _, rest) = try find(arguments)
        if let leaf = try? command.parseAsRoot(rest), type(of: leaf) == command { return leaf }
        return try LMS.parseAsRoot(arguments)
    }

    /// Follows words down the tree as far as they name commands.
    static func find(
        _ arguments: [String], calling prefix: String = "lms"
    ) throws -> (command: any ParsableCommand.Type, path: [String], rest: [String]) {
        var command: any ParsableCommand.Type = LMS.self
        var rest = arguments[...]
        var path: [String] = []
        while let word = rest.first, !word.hasPrefix("-") {
            let children = command.configuration.subcommands
            guard !children.isEmpty else { break }
            guard let child = children.first(where: { $0._commandName == word }) else {
                throw unknown(word, after: path, before: rest.dropFirst().first, calling: prefix)
            }
            command = child
            path.append(word)
            rest.removeFirst()
        }
        return (command, path, Array(rest))
    }

    private static func names(below command: any ParsableCommand.Type) -> [String] {
        command.configuration.subcommands.map { $0._commandName }
    }

    /// Every command by its words, without `lms`, groups before what they hold.
    static let allNames: [String] = names(of: LMS.self)

    private static func names(of command: any ParsableCommand.Type) -> [String] {
        command.configuration.subcommands.flatMap { child in
            [child._commandName] + names(of: child).map { "\(child._commandName) \($0)" }
        }
    }

    /// Whether any command has an option of that name.
    static func hasOption(_ name: String) -> Bool { hasOption(name, LMS.self) }

    private static func hasOption(_ name: String, _ command: any ParsableCommand.Type) -> Bool {
        let children = command.configuration.subcommands
        guard children.isEmpty else { return children.contains { hasOption(name, $0) } }
        return CommandArguments(of: command).option(name) != nil
    }

    /// - Parameter prefix: `lms`, or `lms help` where the help for it was wanted.
    private static func unknown(
        _ word: String, after path: [String], before next: String?, calling prefix: String
    ) -> LMSError {
        let asked = (["lms"] + path + [word]).joined(separator: " ")
        let group = path.joined(separator: " ")
        let hint =
            switch CommandGuess(commands: allNames).answer(to: word, in: group, before: next) {
            case .commands(let commands): "Did you mean: " + commands.map { "\(prefix) \($0)" }.alternatives
            case .choices(let choices):
                choices.map { "For \($0.purpose): \(prefix) \(prefix == "lms" ? $0.line : $0.command)" }
                    .joined(separator: "\n")
            case .pages(let pages): "See: " + pages.map { "lms help \($0)" }.alternatives
            case .page(""): "See what there is with: lms help"
            case .page(group): "See what there is with: lms help \(group)"
            case .page(let page): "See: lms help \(page)"
            }
        return LMSError(.usage, "there is no command '\(asked)'", hint: hint)
    }

    /// A mistake on the command line, in our form.
    static func usageError(_ error: any Error, _ arguments: [String]) -> LMSError {
        let words = LMS.message(for: error).split(separator: "\n").joined(separator: " ")
        let message = words.prefix(1).lowercased() + words.dropFirst()
        guard let found = try? find(arguments) else {
            return LMSError(.usage, message, hint: "See: lms help")
        }
        // ArgumentParser's own guesses mislead, so they are cut off.
        let plain = message.components(separatedBy: " Did you mean '").first ?? message
        return UsageMistake(
            found.rest, of: found.command, at: found.path,
            message: plain.hasSuffix(".") ? String(plain.dropLast()) : plain
        ).error
    }

    /// Whether an error is ArgumentParser's way to ask for help or a version.
    static func isRequestForHelp(_ error: any Error) -> Bool {
        LMS.exitCode(for: error) == .success
    }

    /// Prints the help that somebody asked for, as wide as the terminal is, at most; a long page in a pager, like a
    /// long list.
    static func printHelp(for error: any Error, _ arguments: [String], _ console: Console) throws {
        let columns =
            console.outputIsTerminal ? min(HelpPage.columns, console.size.columns) : HelpPage.columns
        let words = arguments.first == "help" ? Array(arguments.dropFirst()) : arguments
        let page = HelpPage.text(
            LMS.fullMessage(for: error, columns: columns), of: (try? find(words))?.command, columns: columns)
        let pager = Pager(console, isWanted: !arguments.contains("--no-pager"))
        try printText(
            page, to: Output(descriptor: console.streams.output, pager: pager, lines: console.size.rows - 1))
    }

    static func printText(
        _ text: String, to output: Output = Output(descriptor: Invocation.current.streams.output)
    ) throws {
        try output.write(text.hasSuffix("\n") ? text : text + "\n")
        try output.finish()
    }

    /// Whether messages are wanted as JSON, as far as can be told before parsing.
    static func wantsJSON(_ arguments: [String]) -> Bool {
        let flags = arguments.prefix { $0 != "--" }
        return flags.contains("--json") || flags.contains("--format=json")
            || zip(flags, flags.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    }
}
