import ArgumentParser
import Foundation
import Testing

@testable import LMSCommands

/// Docs/Commands.md is made from the command tree. `LMS_UPDATE_DOCS=1` writes it.
@Suite struct CommandReferenceTests {
    private static let file = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Docs/Commands.md")

    @Test func `the page is up to date`() throws {
        if ProcessInfo.processInfo.environment["LMS_UPDATE_DOCS"] == "1" {
            try FileManager.default.createDirectory(
                at: Self.file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Self.text.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: Self.file, encoding: .utf8)
        let isSame = written == Self.text
        #expect(isSame, "Docs/Commands.md is out of date: run the tests with LMS_UPDATE_DOCS=1")
    }

    @Test func `it has a heading for every command`() throws {
        let headings = Self.text.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(headings.map { String($0.dropFirst(3)) } == NamedCommand.all.map(\.description))
    }

    private static var text: String {
        let introduction = """
            # Commands

            Every command of `lms`, as `lms help COMMAND` explains it. This page is made from the commands \
            themselves; a test keeps it up to date.
            """
        return ([introduction] + NamedCommand.all.map(section)).joined(separator: "\n\n") + "\n"
    }

    /// One command: what it does, how it is called, what it takes, examples.
    private static func section(_ command: NamedCommand) -> String {
        let configuration = command.type.configuration
        let lines = configuration.discussion.components(separatedBy: "\n")
        let isAboutExamples = ["Example:", "Examples:", "Begin with:"]
        let prose = lines.filter { !$0.hasPrefix("  ") && !isAboutExamples.contains($0) }
            .joined(separator: "\n").trimmingCharacters(in: .newlines)
        let help = HelpPage.text(
            LMS.helpMessage(for: command.type, columns: HelpPage.columns), of: command.type,
            columns: HelpPage.columns)
        let usage = help.firstRange(of: "USAGE: ").map { String(help[$0.lowerBound...]) } ?? help
        var parts = ["## \(command)", configuration.abstract]
        if !prose.isEmpty { parts.append(prose) }
        parts.append("```text\n\(usage.trimmingCharacters(in: .newlines))\n```")
        parts.append("```sh\n\(command.examples.joined(separator: "\n"))\n```")
        return parts.joined(separator: "\n\n")
    }
}
