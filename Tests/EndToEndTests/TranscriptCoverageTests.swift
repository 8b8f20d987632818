import Foundation
import LMSCommandLine
import LMSTestSupport
import Testing

@testable import LMSCommands

/// What the transcripts must have seen, taken together.
@Suite struct TranscriptCoverageTests {
    /// Every command line of every transcript.
    private static let scripts: [String] = TranscriptFile.all.flatMap { file in
        (try? Transcript(contentsOf: file.url).steps.map(\.script)) ?? []
    }

    @Test(arguments: Self.leaves(of: CommandTree.root, named: CommandTree.root.name))
    func `every command is in a transcript`(_ command: String) {
        let isThere = Self.scripts.contains { script in
            script.ranges(of: command).contains { range in
                range.upperBound == script.endIndex || " \n)|;\"".contains(script[range.upperBound])
            }
        }
        #expect(isThere, "no transcript runs '\(command)'")
    }

    @Test(arguments: Self.statuses)
    func `every status is in a transcript`(_ status: Int32) throws {
        let seen = try TranscriptFile.all.flatMap { try Transcript(contentsOf: $0.url).steps.map(\.status) }
        let isSeen = seen.contains(status)
        #expect(isSeen, "no transcript ends a command with \(status)")
    }

    /// Those that come about on a whole machine.
    private static let statuses: [Int32] = [0, 64, 65, 66, 69, 73, 74, 75, 77, 78]

    private static func leaves(of node: CommandNode, named name: String) -> [String] {
        guard node.isGroup else { return [name] }
        return node.members.flatMap { leaves(of: $0, named: "\(name) \($0.name)") }
    }
}
