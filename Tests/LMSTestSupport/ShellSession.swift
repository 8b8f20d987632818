package import Foundation

/// A shell with an environment of its own, in a fresh folder that is also its home.
package struct ShellSession: Sendable {
    package struct Answer: Sendable {
        package let output: String
        package let status: Int32
    }

    package let home: URL
    private let environment: [String: String]

    /// - Parameter environment: Variables besides `PATH`, `HOME` and `LANG`; nothing is inherited.
    package init(environment: [String: String] = [:]) throws {
        home = URL(fileURLWithPath: "/tmp/lms-session-\(UUID().uuidString.prefix(13))")
        try FileManager.default.createDirectory(
            at: home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let own = [
            "PATH": "\(LMSExecutable.folder.path):/usr/bin:/bin", "HOME": home.path, "LANG": "C.UTF-8",
        ]
        self.environment = own.merging(environment) { _, given in given }
    }

    package func remove() {
        try? FileManager.default.removeItem(at: home)
    }

    /// Runs a script; what it writes to both streams comes in the order in which it was written.
    package func run(_ script: String) async throws -> Answer {
        let path = "\(home.path).output"
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let output = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        defer {
            try? output.close()
            try? FileManager.default.removeItem(atPath: path)
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.environment = environment
        process.currentDirectoryURL = home
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try await Self.finish(process)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let isSignalled = process.terminationReason == .uncaughtSignal
        return Answer(
            output: String(decoding: bytes, as: UTF8.self),
            status: isSignalled ? 128 + process.terminationStatus : process.terminationStatus)
    }

    /// Starts a process and waits for its end, which comes early where the test runs out of time.
    private static func finish(_ process: Process) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                process.terminationHandler = { _ in continuation.resume() }
                do {
                    try process.run()
                } catch {
                    process.terminationHandler = nil
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            if process.isRunning { process.terminate() }
        }
    }
}
