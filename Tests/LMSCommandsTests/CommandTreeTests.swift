import ArgumentParser
import Foundation
import Testing

@testable import LMSCommands

/// Walks over every command there is.
@Suite struct CommandTreeTests {
    @Test(arguments: NamedCommand.all)
    func `a command says what it does`(_ command: NamedCommand) {
        let abstract = command.type.configuration.abstract
        #expect(abstract.hasSuffix("."), "\(command)")
        #expect(abstract.count <= 72, "\(command): one short line, not \(abstract.count) characters")
        #expect(!abstract.contains("\n"))
    }

    @Test(arguments: NamedCommand.all)
    func `a command has an example of itself`(_ command: NamedCommand) {
        #expect(command.examples.contains { $0.contains(command.description) }, "\(command)")
    }

    @Test(arguments: NamedCommand.all)
    func `examples are command lines that there are`(_ command: NamedCommand) throws {
        for example in command.examples {
            let words = try #require(Self.arguments(of: example), "\(command): \(example)")
            let parsed = type(of: try CommandTree.parse(words))
            // A group's example is one of a command in it.
            let isMeant = command.withDescendants.contains { !$0.isGroup && $0.type == parsed }
            #expect(isMeant, "\(command): \(example)")
        }
    }

    @Test(arguments: NamedCommand.all.filter { !$0.isGroup })
    func `every option and argument has help`(_ command: NamedCommand) {
        let help = LMS.helpMessage(for: command.type, columns: 1000)
        let lines = help.components(separatedBy: "\n")
            .drop { !$0.hasPrefix("ARGUMENTS:") && !$0.hasPrefix("OPTIONS:") }
            .filter { $0.hasPrefix("  ") }
        #expect(!lines.isEmpty)
        // A name that is too long for its column has the help on the next line.
        let helpColumn = String(repeating: " ", count: 26)
        for (line, next) in zip(lines, lines.dropFirst() + [""]) where !line.hasPrefix(helpColumn) {
            let text = line.count > 26 ? String(line.dropFirst(26)) : ""
            let hasHelp = line.dropFirst(2).contains("  ") && !text.isEmpty
            #expect(hasHelp || next.hasPrefix(helpColumn), "\(command): \(line)")
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
