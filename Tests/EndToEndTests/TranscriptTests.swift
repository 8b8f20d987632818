import Foundation
import LMSTestSupport
import Testing

/// Plays every transcript in `Transcripts/` with the real executable.
///
/// `LMS_UPDATE_TRANSCRIPTS=1` writes what came into the files instead, for a reviewer to read.
@Suite struct TranscriptTests {
    /// A time zone that would show where a day is not counted in UTC.
    private static let environment = ["TZ": "Asia/Jakarta"]
    private static let isUpdating = ProcessInfo.processInfo.environment["LMS_UPDATE_TRANSCRIPTS"] == "1"

    @Test func `there are transcripts`() {
        #expect(!TranscriptFile.all.isEmpty)
    }

    @Test(.timeLimit(.minutes(5)), arguments: TranscriptFile.all)
    func `every command answers as the transcript says`(_ file: TranscriptFile) async throws {
        let transcript = try Transcript(contentsOf: file.url)
        try #require(!transcript.steps.isEmpty)
        let (mismatches, played) = try await TranscriptRunner(environment: Self.environment).play(transcript)
        if Self.isUpdating {
            try played.text.write(to: file.url, atomically: true, encoding: .utf8)
            return
        }
        for mismatch in mismatches {
            Issue.record("\(file):\(mismatch.line)\n\(mismatch)")
        }
    }

    /// The same commands answer the same through `lms serve`.
    @Test(
        .timeLimit(.minutes(5)), .enabled(if: !Self.isUpdating),
        arguments: TranscriptFile.all.filter { !$0.isLocal })
    func `every command answers the same through a server`(_ file: TranscriptFile) async throws {
        let runner = TranscriptRunner(environment: Self.environment, through: .server)
        for mismatch in try await runner.play(Transcript(contentsOf: file.url)).mismatches {
            Issue.record("through a server, \(file):\(mismatch.line)\n\(mismatch)")
        }
    }

    /// What is about this machine alone, or about files, is little, and says why.
    @Test func `few transcripts are of one kind`() throws {
        let local = try reasons(\.localReason)
        let aboutFiles = try reasons(\.fileReason)
        #expect(Set(local.keys).isSubset(of: ["serve.txt", "target.txt", "targets.txt"]))
        #expect(Set(aboutFiles.keys).isSubset(of: ["db.txt", "new-database.txt", "db-timezone.txt", "first-day.txt"]))
        for (file, reason) in local.merging(aboutFiles, uniquingKeysWith: +) {
            #expect(reason.count > 10, "\(file) does not say why")
        }
    }

    private func reasons(_ reason: (Transcript) -> String?) throws -> [String: String] {
        var found: [String: String] = [:]
        for file in TranscriptFile.all {
            found[file.description] = reason(try Transcript(contentsOf: file.url))
        }
        return found
    }
}

/// A transcript in the folder of transcripts.
struct TranscriptFile: Sendable, CustomTestStringConvertible, CustomStringConvertible {
    let url: URL

    var description: String { url.lastPathComponent }
    var testDescription: String { description }
    var isLocal: Bool { (try? Transcript(contentsOf: url).localReason) != nil }
    var isAboutFiles: Bool { (try? Transcript(contentsOf: url).fileReason) != nil }

    static let all: [TranscriptFile] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "Transcripts")
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "txt" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map(TranscriptFile.init)
    }()
}
