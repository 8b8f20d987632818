import LMSCommandLine
import LMSCore
import Testing

@testable import LMSCommands

/// Walks over every command there is.
@Suite struct CommandTreeTests {
    @Test(arguments: NamedCommand.all)
    func `a command says what it does`(_ command: NamedCommand) {
        let summary = command.node.summary
        #expect(summary.hasSuffix("."), "\(command)")
        #expect(summary.count <= 72, "\(command): one short line, not \(summary.count) characters")
        #expect(!summary.contains("\n"))
    }

    @Test(arguments: NamedCommand.all)
    func `a command has an example of itself`(_ command: NamedCommand) {
        #expect(command.node.examples.contains { $0.contains(command.description) }, "\(command)")
    }

    @Test(arguments: NamedCommand.all)
    func `examples are command lines that there are`(_ command: NamedCommand) throws {
        for example in command.node.examples {
            let words = try #require(Self.arguments(of: example), "\(command): \(example)")
            guard case .run(let parsed) = try CommandTree.request(words) else {
                Issue.record("\(command): \(example) runs nothing")
                continue
            }
            // A group's example is one of a command in it.
            let isMeant = command.withDescendants.contains {
                if case .command(let type) = $0.node { type == Swift.type(of: parsed) } else { false }
            }
            #expect(isMeant, "\(command): \(example)")
        }
    }

    @Test(arguments: NamedCommand.all.filter { !$0.isGroup })
    func `every option and argument has help, with its values`(_ command: NamedCommand) {
        for parameter in command.node.parameters where !parameter.isHidden {
            #expect(parameter.help.hasSuffix(".") || parameter.help.contains(": "), "\(command): \(parameter.label)")
            for value in parameter.values {
                #expect(parameter.help.contains(value), "\(command): \(parameter.label) can be \(value)")
            }
        }
    }

    @Test(arguments: NamedCommand.all.filter { !$0.isGroup })
    func `names are told apart, and what must be there comes first`(_ command: NamedCommand) {
        let parameters = command.node.parameters
        let names = parameters.flatMap(\.names)
        #expect(Set(names).count == names.count, "\(command): \(names)")
        let arguments = parameters.arguments
        let optional = arguments.firstIndex { !$0.isRequired } ?? arguments.endIndex
        #expect(arguments[optional...].allSatisfy { !$0.isRequired }, "\(command)")
        #expect(arguments.dropLast().allSatisfy { !$0.isRepeated }, "\(command)")
        // Letters are joined as flags: none of them has a value.
        for option in parameters.options where option.takesValue {
            #expect(option.names.allSatisfy { $0.hasPrefix("--") }, "\(command): \(option.label)")
        }
    }

    @Test(arguments: NamedCommand.all.filter { !$0.isGroup })
    func `a line without what must be there is refused`(_ command: NamedCommand) throws {
        let needed = command.node.parameters.filter(\.isRequired)
        for missing in needed {
            let given = needed.filter { $0.names != missing.names }
            let words =
                command.path + given.options.flatMap { ["\($0.names[0])=x"] } + given.arguments.map { $0.values.first ?? "x" }
            let error = #expect(throws: LMSError.self, "\(command): \(words)") { _ = try CommandTree.request(words) }
            #expect(error?.code == .usage)
        }
    }

    @Test func `no two commands share a name`() {
        let names = NamedCommand.all.map(\.description)
        #expect(Set(names).count == names.count)
    }

    /// The arguments of the `lms` in an example; `nil` where there is none.
    private static func arguments(of example: String) -> [String]? {
        guard let start = example.firstRange(of: "lms ") else { return nil }
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in example[start.upperBound...] {
            switch character {
            case "\"": isQuoted.toggle()
            case ")" where !isQuoted, ">" where !isQuoted, "|" where !isQuoted:
                if !word.isEmpty { words.append(word) }
                return words
            case " " where !isQuoted:
                if !word.isEmpty { words.append(word) }
                word = ""
            default: word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
