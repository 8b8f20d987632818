import Foundation
import LMSTestSupport
import Testing

/// Plays the commands of Docs/HTTP.md against a new server, in one session.
///
/// `LMS_UPDATE_TRANSCRIPTS=1` writes what came into the page instead, for a reviewer to read.
@Suite struct DocumentedSessionTests {
    @Test(.timeLimit(.minutes(2)))
    func `the page's commands answer as it says`() async throws {
        let url = URL(fileURLWithPath: "\(SourceTree.root)/Docs/HTTP.md")
        var page = try ConsolePage(contentsOf: url)
        let transcript = page.transcript
        try #require(!transcript.steps.isEmpty)
        let (mismatches, played) = try await withServer { address in
            try await TranscriptRunner(environment: ["LMS_URL": address], isPage: true).play(transcript)
        }
        if ProcessInfo.processInfo.environment["LMS_UPDATE_TRANSCRIPTS"] == "1" {
            page.transcript = played
            try page.text.write(to: url, atomically: true, encoding: .utf8)
            return
        }
        for mismatch in mismatches {
            Issue.record("HTTP.md:\(mismatch.line)\n\(mismatch)")
        }
    }

    /// Runs `lms serve` in a home of its own.
    private func withServer<T>(_ body: (String) async throws -> T) async throws -> T {
        try await withTemporaryFolder { folder in
            try folder.write([], to: "log")
            let server = try ProgramProcess(
                Launch(
                    program: LMSExecutable.path, arguments: ["serve", "--port", "0"],
                    environment: ["HOME": folder.path], errors: .path(folder.path("log")), timeout: 110))
            let address = try await address(of: server, log: folder)
            let result = try await body(address)
            server.send(SIGTERM)
            #expect(server.wait().status == 0)
            return result
        }
    }

    private func address(of server: ProgramProcess, log folder: TemporaryFolder) async throws -> String {
        while !server.isOver {
            let log = String(decoding: try folder.bytes(of: "log"), as: UTF8.self)
            if let end = log.firstIndex(of: "\n"), let start = log[..<end].range(of: " at ") {
                return String(log[start.upperBound..<end])
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw LaunchFailure(description: "the server ended before it was ready")
    }
}
