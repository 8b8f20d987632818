import LMSTestSupport
import Testing

/// The mechanism that plays transcripts: what it takes for the same, and what not.
@Suite struct TranscriptRunnerTests {
    private static let both = "$ echo result; echo message >&2; exit 3\n"

    private func mismatches(_ text: String, isPage: Bool = false) async throws -> Int {
        try await TranscriptRunner(isPage: isPage).play(Transcript(text)).mismatches.count
    }

    @Test func `streams are told apart, in whichever order the file has them`() async throws {
        #expect(try await mismatches(Self.both + "result\n! message\n? 3\n") == 0)
        #expect(try await mismatches(Self.both + "! message\nresult\n? 3\n") == 0)
    }

    @Test(
        arguments: [
            "result\nmessage", "! result\n! message", "result", "! message", "result\nresult\n! message",
        ])
    func `what moved to the other stream, is missing or is more differs`(written: String) async throws {
        #expect(try await mismatches(Self.both + written + "\n? 3\n") == 1)
    }

    @Test func `another exit status differs`() async throws {
        #expect(try await mismatches(Self.both + "result\n! message\n? 4\n") == 1)
    }

    @Test func `a page shows both streams in their order, without marks`() async throws {
        #expect(try await mismatches(Self.both + "result\nmessage\n? 3\n", isPage: true) == 0)
        #expect(try await mismatches(Self.both + "message\nresult\n? 3\n", isPage: true) == 1)
    }

    @Test func `what came is written as it is read`() async throws {
        let command = "$ echo result; printf '%s\\n\\n%s\\n' one two >&2\n"
        let played = try await TranscriptRunner().play(Transcript(command)).played
        #expect(played.text == command + "result\n! one\n!\n! two\n")
        #expect(try await mismatches(played.text) == 0)
    }
}
