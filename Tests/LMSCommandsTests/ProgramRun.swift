import Foundation
import LMSCore

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
        output = try folder.read("output")
        messages = try folder.read("messages")
    }
}

/// A folder that goes with the test.
struct TemporaryFolder {
    let path: String

    init() throws {
        path = "/tmp/lms-commands-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, _ bytes: [UInt8] = [], mode: Int = 0o600) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
    }

    /// Makes a file and opens it for reading and writing.
    func open(_ name: String, holding bytes: [UInt8] = []) throws -> Int32 {
        try write(name, bytes)
        let descriptor = Foundation.open(path(name), O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(.EIO) }
        return descriptor
    }
}
