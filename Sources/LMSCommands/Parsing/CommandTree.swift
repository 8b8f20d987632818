internal import LMSCommandLine
internal import LMSCore

/// Finds what a command line asks for.
enum CommandTree {
    static let root = CommandNode.group(.lms)

    enum Request {
        case run(any Command)
        case page(CommandPath)
        /// The page of the options that every command has.
        case sharedOptions
        case version
    }

    /// - Throws: `LMSError` `usage` for a line that is none.
    static func request(_ arguments: [String]) throws -> Request {
        if arguments.first == "help" { return try page(Array(arguments.dropFirst())) }
        let path = CommandPath(arguments, from: root)
        if let word = path.unknown {
            if path.words.isEmpty { try Extension.runIfNamed(by: arguments) }
            throw unknown(word, at: path, calling: root.name)
        }
        // Help is for everybody who asks, whatever else is on the line.
        if path.rest.contains(where: { $0.utf8.first == UInt8(ascii: "-") }) {
            let line = LineWords(path.rest, for: path.node.parameters)
            if line.has(.help) { return .page(path) }
            if line.has(.version) { return .version }
            // A command's own reading does not know these two.
            if case .takesNoValue(let flag)? = line.valueMistake, Parameter.builtIn.contains(where: { $0.names == flag.names }) {
                throw UsageMistake(.takesNoValue(flag), at: path).error
            }
        }
        switch path.node {
        case .group where path.rest.isEmpty: return .page(path)
        case .group: throw UsageMistake(.unknownOption(at: 0), at: path).error
        case .command(let command):
            do {
                return .run(try command.read(path.rest))
            } catch {
                throw UsageMistake(error, at: path).error
            }
        }
    }

    private static func page(_ words: [String]) throws -> Request {
        // How the page is printed is looked for elsewhere.
        let known = ["--no-pager", "--no-color"] + Parameter.help.names
        if let unknown = words.first(where: { $0.hasPrefix("-") && !known.contains($0) }) {
            throw LMSError(.usage, "unknown option '\(unknown)'", hint: "See what there is with: lms help")
        }
        let words = words.filter { !known.contains($0) }
        if words == ["options"] { return .sharedOptions }
        if words == ["help"] { return .page(CommandPath([], from: root)) }
        let path = CommandPath(words, from: root)
        if let word = path.unknown { throw unknown(word, at: path, calling: "\(root.name) help") }
        return .page(path)
    }

    /// Every command by its words, without `lms`, groups before what they hold.
    static let allNames: [String] = names(of: root)

    private static func names(of node: CommandNode) -> [String] {
        node.members.flatMap { member in [member.name] + names(of: member).map { "\(member.name) \($0)" } }
    }

    /// The names of the options of all commands, with their dashes.
    static let optionNames = Set(optionNames(of: root))

    private static func optionNames(of node: CommandNode) -> [String] {
        node.parameters.options.flatMap(\.names) + node.members.flatMap(optionNames)
    }

    /// - Parameter prefix: `lms`, or `lms help` where the help for it was wanted.
    private static func unknown(_ word: String, at path: CommandPath, calling prefix: String) -> LMSError {
        let asked = ([root.name] + path.words + [word]).joined(separator: " ")
        let group = path.words.joined(separator: " ")
        let hint =
            switch CommandGuess(commands: allNames).answer(to: word, in: group, before: path.rest.dropFirst().first) {
            case .commands(let commands): "Did you mean: " + commands.map { "\(prefix) \($0)" }.alternatives
            case .choices(let choices):
                choices.map { "For \($0.purpose): \(prefix) \(prefix == root.name ? $0.line : $0.command)" }
                    .joined(separator: "\n")
            case .pages(let pages): "See: " + pages.map { "lms help \($0)" }.alternatives
            case .page(""): "See what there is with: lms help"
            case .page(group): "See what there is with: lms help \(group)"
            case .page(let page): "See: lms help \(page)"
            }
        return LMSError(.usage, "there is no command '\(asked)'", hint: hint)
    }

    /// Whether messages are wanted as JSON, as far as can be told before parsing.
    static func wantsJSON(_ arguments: [String]) -> Bool {
        let flags = arguments.prefix { $0 != "--" }
        return flags.contains("--json") || flags.contains("--format=json")
            || zip(flags, flags.dropFirst()).contains { $0 == "--format" && $1 == "json" }
    }
}
