package import Foundation

/// A shell with an environment of its own, in a fresh folder that is also its home.
package struct ShellSession: Sendable {
    package struct Answer: Sendable {
        package let output: String
        package let status: Int32
    }

    package let home: URL
    private var environment: [String: String]

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

    /// Has `lms` looked for in another folder.
    mutating func findPrograms(in folder: String) {
        environment["PATH"] = "\(folder):/usr/bin:/bin"
    }

    package func remove() {
        try? FileManager.default.removeItem(at: home)
    }

    /// Runs a script; what it writes to both streams comes in the order in which it was written.
    package func run(_ script: String) async throws -> Answer {
        let path = "\(home.path).output"
        let output = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer {
            close(output)
            unlink(path)
        }
        let shell = try ChildProgram(
            ["/bin/sh", "-c", script], in: home.path, environment: environment, output: output)
        let status = try await shell.end()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        return Answer(output: String(decoding: bytes, as: UTF8.self), status: status)
    }
}
