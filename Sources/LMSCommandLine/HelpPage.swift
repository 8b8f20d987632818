internal import LMSText

/// A page of help.
package struct HelpPage: Sendable {
    private let node: CommandNode
    /// The words that name the command, without the program's.
    private let words: [String]
    private let program: String
    private let columns: Int

    /// - Parameters:
    ///   - path: The words that name the command, without the program's.
    ///   - columns: How wide the page may be.
    package init(_ node: CommandNode, at path: [String], of root: CommandNode, columns: Int) {
        self.node = node
        words = path
        program = root.name
        self.columns = columns
    }

    package var text: String {
        let parts = [wrapped(node.summary), usage, wrapped(node.details), exampleLines, body]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// The page without what stands above the usage.
    package var reference: String {
        [usage, body].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// What every command has, explained once.
    ///
    /// - Parameter introduction: What stands above.
    package static func shared(_ parameters: [Parameter], introduction: String, columns: Int) -> String {
        introduction + "\n\n" + list("OPTIONS", parameters.filter(\.isShared), columns: columns)
    }

    private var path: String { ([program] + words).joined(separator: " ") }

    private var usage: String {
        guard !node.isGroup else { return "USAGE: \(path) <command>" }
        let required = node.parameters.filter { $0.isOption && $0.isRequired }.map(\.label)
        let arguments = node.parameters.arguments.map { $0.isRequired ? $0.label : "[\($0.label)]" }
        let words = ([path] + arguments + required + ["[<options>]"]).joined(separator: " ")
        return wrapped("USAGE: \(words)")
    }

    private var exampleLines: String {
        guard !node.examples.isEmpty else { return "" }
        return "EXAMPLES:\n" + node.examples.map(shellLines).joined(separator: "\n")
    }

    /// An example in lines that fit, which a shell takes as one: broken at blanks outside of quotes.
    private func shellLines(_ example: String) -> String {
        var lines = ["  "]
        var isQuoted = false
        for word in example.split(separator: " ", omittingEmptySubsequences: false) {
            let last = lines.count - 1
            if isQuoted || lines[last].allSatisfy({ $0 == " " }) {
                lines[last] += isQuoted ? " \(word)" : word
            } else if DisplayWidth.of("\(lines[last]) \(word) \\") <= columns {
                lines[last] += " \(word)"
            } else {
                lines[last] += " \\"
                lines.append("      \(word)")
            }
            if word.count(where: { $0 == "\"" }) % 2 == 1 { isQuoted.toggle() }
        }
        return lines.joined(separator: "\n")
    }

    private var body: String {
        switch node {
        case .command(let command):
            let shown = command.parameters.filter { !$0.isHidden && !$0.isShared }
            let own = shown.filter { $0.names != Parameter.version.names }
            let shared =
                command.parameters.contains { $0.isShared && !$0.isHidden }
                ? "Options that commands share: \(program) help options" : ""
            return [
                Self.list("ARGUMENTS", own.arguments, columns: columns), Self.list("OPTIONS", own.options, columns: columns),
                wrapped(shared),
            ].filter { !$0.isEmpty }.joined(separator: "\n\n")
        case .group(let group):
            let sections = group.sections.map { section in
                Self.table(
                    section.heading.isEmpty ? "COMMANDS" : section.heading.uppercased(),
                    section.members.map { ($0.name, $0.summary) }, columns: columns)
            }
            let more = "More about one of them: " + ([program, "help"] + words + ["COMMAND"]).joined(separator: " ")
            let everywhere =
                words.isEmpty
                ? [wrapped("Options that commands share: \(program) help options"), "The version: \(program) --version"] : []
            return (sections + [([wrapped(more)] + everywhere).joined(separator: "\n")]).joined(separator: "\n\n")
        }
    }

    private func wrapped(_ text: String) -> String { DisplayWidth.wrap(text, to: columns) }

    private static func list(_ heading: String, _ parameters: [Parameter], columns: Int) -> String {
        table(heading, parameters.map { ($0.usage, $0.help) }, columns: columns)
    }

    /// Names on the left, what they mean on the right; below the name where that is too long, or the terminal too narrow.
    private static func table(_ heading: String, _ rows: [(name: String, meaning: String)], columns: Int) -> String {
        guard !rows.isEmpty else { return "" }
        let indent = columns < 60 ? 6 : 26
        let margin = String(repeating: " ", count: indent)
        let lines = rows.map { name, meaning in
            let meaning = DisplayWidth.wrap(meaning, to: columns - indent)
                .split(separator: "\n").joined(separator: "\n" + margin)
            let label = "  \(name)"
            return DisplayWidth.of(label) < indent - 1
                ? DisplayWidth.pad(label, to: indent) + meaning : "\(label)\n\(margin)\(meaning)"
        }
        return ([heading + ":"] + lines).joined(separator: "\n")
    }
}

extension Parameter {
    /// As a list of options has it: `-n, --dry-run`, `--code <code>`.
    fileprivate var usage: String {
        switch kind {
        case .flag: names.joined(separator: ", ")
        case .option: names.joined(separator: ", ") + " <\(valueName)>"
        case .argument: "<\(valueName)>"
        }
    }
}
