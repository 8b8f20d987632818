internal import ArgumentParser
internal import Foundation
internal import LMSCore

/// Finds the command that the words of a command line name.
enum CommandTree {
    /// The command, its options read.
    ///
    /// The leaf is parsed alone, because ArgumentParser's time grows with the tree above it; its
    /// configuration's `_superCommandName` spares it a search for completion requests, which is a fifth
    /// of a short command's time. Where that does not work out (a mistake, a call for help), the whole
    /// tree is parsed, for its words.
    ///
    /// - Throws: `LMSError` `usage` for a command that does not exist, or ArgumentParser's errors.
    static func parse(_ arguments: [String]) throws -> any ParsableCommand {
        if arguments.first == "help" {
            // ArgumentParser answers a word that is no command with the help of all.
            _ = try find(Array(arguments.dropFirst()))
            return try LMS.parseAsRoot(arguments)
        }
        try Extension.runIfNamed(by: arguments, besides: names(below: LMS.self))
        let (command, _, rest) = try find(arguments)
        if let leaf = try? command.parseAsRoot(rest), type(of: leaf) == command { return leaf }
        return try LMS.parseAsRoot(arguments)
    }

    /// Follows words down the tree as far as they name commands.
    private static func find(
        _ arguments: [String]
    ) throws -> (command: any ParsableCommand.Type, path: [String], rest: [String]) {
        var command: any ParsableCommand.Type = LMS.self
        var rest = arguments[...]
        var path: [String] = []
        while let word = rest.first, !word.hasPrefix("-") {
            let children = command.configuration.subcommands
            guard !children.isEmpty else { break }
            guard let child = children.first(where: { $0._commandName == word }) else {
                throw unknown(word, after: path, among: names(below: command))
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

    private static func unknown(_ word: String, after path: [String], among names: [String]) -> LMSError {
        let asked = (["lms"] + path + [word]).joined(separator: " ")
        let help = (["lms", "help"] + path).joined(separator: " ")
        guard let nearest = Spelling.nearest(to: word, among: names) else {
            return LMSError(.usage, "there is no command '\(asked)'", hint: "See what there is with: \(help)")
        }
        let meant = (["lms"] + path + [nearest]).joined(separator: " ")
        return LMSError(.usage, "there is no command '\(asked)'", hint: "Did you mean: \(meant)")
    }

    /// A mistake on the command line, in our form.
    static func usageError(_ error: any Error, _ arguments: [String]) -> LMSError {
        let words = LMS.message(for: error).split(separator: "\n").joined(separator: " ")
        let message = words.prefix(1).lowercased() + words.dropFirst()
        let path = (try? find(arguments).path) ?? []
        return LMSError(
            .usage, message.hasSuffix(".") ? String(message.dropLast()) : message,
            hint: "See: " + (["lms", "help"] + path).joined(separator: " "))
    }

    /// Whether an error is ArgumentParser's way to ask for help or a version.
    static func isRequestForHelp(_ error: any Error) -> Bool {
        LMS.exitCode(for: error) == .success
    }

    static func helpText(for error: any Error) -> String {
        LMS.fullMessage(for: error, columns: 80)
    }

    static func printText(_ text: String) throws {
        let output = Output(descriptor: Invocation.current.streams.output)
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
