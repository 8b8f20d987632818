import Foundation
import LMSTestSupport
import Testing

/// Plays every transcript in `Transcripts/` with the real executable.
///
/// `LMS_UPDATE_TRANSCRIPTS=1` writes what came into the files instead, for a reviewer to read.
@Suite struct TranscriptTests {
    /// A time zone that would show where a day is not counted in UTC.
    private let runner = TranscriptRunner(environment: ["TZ": "Asia/Jakarta"])

    @Test func thereAreTranscripts() {
        #expect(!TranscriptFile.all.isEmpty)
    }

    @Test(.timeLimit(.minutes(2)), arguments: TranscriptFile.all)
    func play(_ file: TranscriptFile) async throws {
        let transcript = try Transcript(contentsOf: file.url)
        try #require(!transcript.steps.isEmpty)
        let (mismatches, played) = try await runner.play(transcript)
        if ProcessInfo.processInfo.environment["LMS_UPDATE_TRANSCRIPTS"] == "1" {
            try played.text.write(to: file.url, atomically: true, encoding: .utf8)
            return
        }
        for mismatch in mismatches {
            Issue.record("\(file):\(mismatch.line)\n\(mismatch)")
        }
    }
}

/// A transcript in the folder of transcripts.
struct TranscriptFile: Sendable, CustomTestStringConvertible, CustomStringConvertible {
    let url: URL

    var description: String { url.lastPathComponent }
    var testDescription: String { description }

    static let all: [TranscriptFile] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Transcripts")
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "txt" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map(TranscriptFile.init)
    }()
}
