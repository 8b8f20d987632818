internal import Foundation

/// A shell with an environment of its own, in a fresh folder that is also its home.
struct ShellSession: Sendable {
    struct Answer: Sendable {
        let output: String
        /// Standard error.
        let errors: String
        let status: Int32
    }

    let home: URL
    private var environment: [String: String]

    /// - Parameter environment: Variables besides `PATH`, `HOME` and `LANG`; nothing is inherited.
    init(environment: [String: String] = [:]) throws {
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

    func remove() {
        try? FileManager.default.removeItem(at: home)
    }

    /// Runs a script.
    ///
    /// - Parameter together: Whether both of its streams come as its output, in the order in which they were written.
    func run(_ script: String, together: Bool) async throws -> Answer {
        let output = try CapturedStream(path: "\(home.path).output")
        let errors = try CapturedStream(path: "\(home.path).errors")
        let shell = try ChildProgram(
            ["/bin/sh", "-c", script], in: home.path, environment: environment, output: output.descriptor,
            errors: together ? output.descriptor : errors.descriptor)
        let status = try await shell.end()
        return Answer(output: try output.text, errors: try errors.text, status: status)
    }
}

/// A file that a program writes to. It goes with this value.
private final class CapturedStream: Sendable {
    let descriptor: Int32
    private let path: String

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    var text: String {
        get throws { String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self) }
    }
}
