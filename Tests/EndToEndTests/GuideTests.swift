import Foundation
import LMSTestSupport
import Testing

/// Plays the commands of a guide in Docs/, after the script of its name in `Guides/` has set the scene.
///
/// `LMS_UPDATE_TRANSCRIPTS=1` writes what came into the page instead, for a reviewer to read.
@Suite struct GuideTests {
    @Test(.timeLimit(.minutes(2)), arguments: ["Bulk", "CourseAsCode"])
    func `the guide's commands answer as it says`(_ name: String) async throws {
        let url = URL(fileURLWithPath: "\(SourceTree.root)/Docs/\(name).md")
        var page = try ConsolePage(contentsOf: url)
        var transcript = page.transcript
        try #require(!transcript.steps.isEmpty)
        let scene = try SourceTree.text(of: "Tests/EndToEndTests/Guides/\(name).sh")
        var step = Transcript.Step(line: 0)
        step.command = ["{ \(scene)\n} > setting-the-scene 2>&1 || cat setting-the-scene"]
        transcript.steps.insert(step, at: 0)
        var (mismatches, played) = try await TranscriptRunner(isPage: true).play(transcript)
        if ProcessInfo.processInfo.environment["LMS_UPDATE_TRANSCRIPTS"] == "1" {
            played.steps.removeFirst()
            page.transcript = played
            try page.text.write(to: url, atomically: true, encoding: .utf8)
            return
        }
        for mismatch in mismatches {
            Issue.record("\(name).md:\(mismatch.line)\n\(mismatch)")
        }
    }
}
