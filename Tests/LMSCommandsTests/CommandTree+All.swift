import ArgumentParser

@testable import LMSCommands

/// A command and the words that name it.
struct NamedCommand: Sendable, CustomStringConvertible {
    let words: [String]
    let type: any ParsableCommand.Type

    var description: String { words.joined(separator: " ") }
    var isGroup: Bool { !type.configuration.subcommands.isEmpty }

    /// Every command of the tree, groups before what they hold.
    static let all = NamedCommand(words: ["lms"], type: LMS.self).withDescendants

    var withDescendants: [NamedCommand] {
        [self]
            + type.configuration.subcommands.flatMap {
                NamedCommand(words: words + [$0._commandName], type: $0).withDescendants
            }
    }

    /// The lines of the discussion that are examples.
    var examples: [String] {
        type.configuration.discussion.split(separator: "\n").filter { $0.hasPrefix("  ") }
            .map { String($0.dropFirst(2)) }
    }
}
