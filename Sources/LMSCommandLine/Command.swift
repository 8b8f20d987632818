/// A command: what it is called, what it takes, and what it does.
package protocol Command: ArgumentGroup {
    /// Its last word, as `create`.
    static var name: String { get }
    /// What it does, in one short line.
    static var summary: String { get }
    /// What a reader needs to know besides; empty where that is nothing.
    static var details: String { get }
    /// Lines that a reader can type.
    static var examples: [String] { get }
    /// Its syntax with what all commands of its kind have.
    static var wholeSyntax: Syntax<Self> { get }

    func run() throws
}

extension Command {
    package static var details: String { "" }
    package static var wholeSyntax: Syntax<Self> { syntax }

    /// What it takes, and what every command understands besides.
    package static var parameters: [Parameter] { wholeSyntax.parameters + Parameter.builtIn }

    /// The command with the values of a line.
    package static func read(_ words: [String]) throws(LineMistake) -> Self {
        try read(words, by: wholeSyntax)
    }
}

/// Commands under a word of their own.
package struct CommandGroup: Sendable {
    /// Commands that belong together on the group's page.
    package struct Section: Sendable {
        /// Empty where there is one section only.
        package let heading: String
        package let members: [CommandNode]

        package init(_ heading: String, _ members: [CommandNode]) {
            self.heading = heading
            self.members = members
        }
    }

    package let name: String
    package let summary: String
    package let details: String
    package let examples: [String]
    package let sections: [Section]
    /// Commands that are called by programs, and that no page shows.
    package let hidden: [CommandNode]

    package init(
        _ name: String, _ summary: String, details: String = "", examples: [String], sections: [Section],
        hidden: [CommandNode] = []
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.examples = examples
        self.sections = sections
        self.hidden = hidden
    }

    package init(_ name: String, _ summary: String, examples: [String], _ members: [any Command.Type]) {
        self.init(name, summary, examples: examples, sections: [Section("", members.map(CommandNode.command))])
    }

    package var members: [CommandNode] { sections.flatMap(\.members) }
}

/// A command, or a group of them.
package enum CommandNode: Sendable {
    case command(any Command.Type)
    case group(CommandGroup)

    package var name: String {
        switch self {
        case .command(let command): command.name
        case .group(let group): group.name
        }
    }

    package var summary: String {
        switch self {
        case .command(let command): command.summary
        case .group(let group): group.summary
        }
    }

    package var details: String {
        switch self {
        case .command(let command): command.details
        case .group(let group): group.details
        }
    }

    package var examples: [String] {
        switch self {
        case .command(let command): command.examples
        case .group(let group): group.examples
        }
    }

    /// What its words may be besides the names of commands.
    package var parameters: [Parameter] {
        switch self {
        case .command(let command): command.parameters
        case .group: Parameter.builtIn
        }
    }

    /// The commands below it that are shown.
    package var members: [CommandNode] {
        switch self {
        case .command: []
        case .group(let group): group.members
        }
    }

    /// The command of that name below it.
    package func member(_ name: String) -> CommandNode? {
        guard case .group(let group) = self else { return nil }
        for section in group.sections {
            if let member = section.members.first(where: { $0.name == name }) { return member }
        }
        return group.hidden.first { $0.name == name }
    }

    package var isGroup: Bool {
        if case .group = self { true } else { false }
    }
}
