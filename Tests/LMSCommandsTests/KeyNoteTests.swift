import Foundation
import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCommands

/// What a teacher at a terminal is told about keys and tokens, beside the result.
@Suite(.serialized) struct KeyNoteTests {
    private let folder: TemporaryFolder
    private let environment: [String: String]

    init() async throws {
        folder = try TemporaryFolder()
        environment = ["HOME": folder.path, "NO_COLOR": "1"]
        let made = try await ProgramRun(
            arguments: ["register", "ani", "--role", "teacher", "--login", "--password-stdin"], input: Array("read every day".utf8),
            environment: environment)
        try #require(made.status == 0, "\(made)")
        try #require(try await lms("course create Biology --code BIO-101 --enrollment key").status == 0)
    }

    private func lms(_ line: String, columns: UInt16 = 80) async throws -> TerminalRun {
        try await TerminalRun(
            arguments: line.split(separator: " ").map(String.init), environment: environment, size: (columns, 40))
    }

    private func lastLine(_ line: String) async throws -> String? {
        let run = try await lms(line)
        try #require(run.status == 0, "\(run)")
        return run.screen.split(separator: "\n").last.map(String.init)
    }

    @Test func `behind a key stands what students type, or how they can join again`() async throws {
        defer { folder.remove() }
        let active = try #require(try await lastLine("course key BIO-101"))
        #expect(active.wholeMatch(of: /Students join with: lms course join --key [A-Z0-9]{4}-[A-Z0-9]{4}/) != nil, "\(active)")
        #expect(
            try await lastLine("course key BIO-101 --disable")
                == "Nobody can join with it. Make a new one with: lms course key BIO-101 --rotate")
        #expect(try await lastLine("course key BIO-101 --rotate")?.hasPrefix("Students join with: ") == true)
        #expect(try await lastLine("course key BIO-101 -q")?.contains(" ") == false)
        #expect(try await lms("course edit BIO-101 --enrollment open").status == 0)
        #expect(
            try await lastLine("course key BIO-101")
                == "It does not work now. Use it again with: lms course edit BIO-101 --enrollment key")
    }

    @Test(arguments: [
        (
            "--expires 2w",
            "lms: --expires is a number with d, h or m behind it, such as 30d, not '2w'\nDid you mean: --expires 14d\n"
        ),
        ("--uses many", "lms: --uses is a number in digits, not 'many'\nSee: lms help course key\n"),
    ]) func `what a key cannot last or be for comes with what it can`(_ options: String, _ words: String) async throws {
        defer { folder.remove() }
        let refused = try await lms("course key BIO-101 \(options)", columns: 120)
        #expect(refused.status == 64 && refused.screen == words, "\(refused)")
    }

    @Test func `a token comes before the word that it is shown only now`() async throws {
        defer { folder.remove() }
        #expect(
            try await lastLine("token create --label Night --read-only --course BIO-101")
                == "The token is shown only now: keep it in a safe place.")
    }

    @Test func `in a narrow window the list of tokens keeps what each may do`() async throws {
        defer { folder.remove() }
        #expect(try await lms("token create --label Night --read-only --course BIO-101").status == 0)
        let list = try await lms("token list", columns: 60)
        let header = try #require(list.screen.split(separator: "\n").first)
        #expect(header.split(separator: " ") == ["ID", "LABEL", "EXPIRES_AT", "READ_ONLY", "COURSES"], "\(list)")
    }

    @Test func `each course of a token is said for itself`() async throws {
        defer { folder.remove() }
        let refused = try await lms("token create --label Night --course BIO-101,CHEM-1")
        #expect(refused.status == 64)
        #expect(refused.screen.hasPrefix("lms: 'BIO-101,CHEM-1' is not one course: say --course for each\n"), "\(refused)")
    }
}
