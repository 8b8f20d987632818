import LMSCommandLine

@testable import LMSCommands

/// A command and the words that name it.
struct NamedCommand: Sendable, CustomStringConvertible {
    /// Without `lms`.
    let path: [String]
    let node: CommandNode

    var description: String { ([CommandTree.root.name] + path).joined(separator: " ") }
    var isGroup: Bool { node.isGroup }

    /// Every command of the tree that a page shows, groups before what they hold.
    static let all = NamedCommand(path: [], node: CommandTree.root).withDescendants

    var withDescendants: [NamedCommand] {
        [self] + node.members.flatMap { NamedCommand(path: path + [$0.name], node: $0).withDescendants }
    }

    /// Its page without what stands above the usage.
    var reference: String {
        HelpPage(node, at: path, of: CommandTree.root, columns: HelpPrinter.columns).reference
    }
}
