import Foundation
import LMSCore
import LMSTestSupport
import LMSText

@testable import LMSCommands

/// One run of the program inside the test, with an environment, streams and clock of its own.
struct ProgramRun {
    let status: Int32
    let output: String
    let messages: String

    /// 2026-11-23T12:00:00Z
    static let noon: Int64 = 1_795_435_200

    /// On a thread of its own: the program waits, and the threads that tests run on are few.
    ///
    /// - Parameter input: What the program reads from its standard input.
    init(
        arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
        now: Instant = Instant(seconds: noon)
    ) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let streams = Streams(
            input: try folder.open("input", holding: input), output: try folder.open("output"),
            error: try folder.open("messages"))
        defer { for stream in [streams.input, streams.output, streams.error] { close(stream) } }
        let invocation = Invocation(
            environment: Environment(environment), streams: streams, clock: { now })
        status = await withCheckedContinuation { continuation in
            Thread {
                let status = Invocation.$current.withValue(invocation) { Program.run(arguments) }
                continuation.resume(returning: status)
            }.start()
        }
        output = try folder.text(of: "output")
        messages = try folder.text(of: "messages")
    }
}
