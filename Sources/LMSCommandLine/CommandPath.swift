/// Where the words of a line lead in the tree of commands.
package struct CommandPath: Sendable {
    package let node: CommandNode
    /// The words that name it, without the program's.
    package let words: [String]
    /// The words behind it.
    package let rest: [String]
    /// The word that should name a command of the group and does not.
    package let unknown: String?

    package init(_ words: [String], from root: CommandNode) {
        var node = root
        var count = 0
        while node.isGroup, count < words.count, !words[count].hasPrefix("-"), let member = node.member(words[count]) {
            node = member
            count += 1
        }
        self.node = node
        self.words = Array(words[..<count])
        rest = Array(words[count...])
        unknown = node.isGroup ? rest.first.flatMap { $0.hasPrefix("-") ? nil : $0 } : nil
    }
}
