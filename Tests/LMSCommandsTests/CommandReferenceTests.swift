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
        #expect(headings.map { String($0.dropFirst(3)) } == NamedCommand.all.map(\.description) + ["lms help options"])
    }

    private static var text: String {
        let introduction = """
            # Commands

            Every command of `lms`, as `lms help COMMAND` explains it. This page is made from the commands \
            themselves; a test keeps it up to date.
            """
        let shared = """
            ## lms help options

            ```text
            \(HelpPrinter.sharedOptions(columns: HelpPrinter.columns))
            ```
            """
        return ([introduction] + NamedCommand.all.map(section) + [shared]).joined(separator: "\n\n") + "\n"
    }

    /// One command: what it does, how it is called, what it takes, examples.
    private static func section(_ command: NamedCommand) -> String {
        let parts = [
            "## \(command)", command.node.summary, command.node.details,
            "```text\n\(command.reference)\n```",
            "```sh\n\(command.node.examples.joined(separator: "\n"))\n```",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}
