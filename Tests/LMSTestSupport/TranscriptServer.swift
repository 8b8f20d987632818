internal import Foundation

/// `lms serve` on the default database of a transcript's session, and a program named `lms` that goes
/// through it.
///
/// A user's command goes to the server. An operator's, and one that names its target, acts on the file as it
/// is written. Where a target is shown, the server's is shown as the file that it serves.
struct TranscriptServer {
    private let folder: URL
    private let home: URL
    private var process: ChildProgram?

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter home: The folder of a session, which must not hold more than the transcript puts there.
    init(home: URL) async throws {
        self.home = home
        folder = URL(fileURLWithPath: home.path + ".server")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        // Another process writes it: a child of ours that has it open by chance would keep it from running.
        let writer = try ChildProgram(
            ["/bin/sh", "-c", "printf '%s' \"$1\" > lms && chmod 700 lms", "sh", script], in: folder.path,
            environment: ["PATH": "/usr/bin:/bin"], output: STDERR_FILENO)
        guard try await writer.end() == 0 else { throw Failure(description: "no program can be written") }
    }

    /// Where `lms` is found.
    var path: String { folder.path }

    private var log: String { folder.appending(path: "log").path }
    private var database: String { home.appending(path: ".local/share/lms/lms.db").path }

    private var script: String {
        """
        #!/bin/sh
        real='\(LMSExecutable.path)'
        # No server yet; or the session has turned to another place.
        [ -s '\(folder.path)/address' ] && [ "$HOME" = '\(home.path)' ] || exec "$real" "$@"
        [ -z "$LMS_DB$LMS_SERVER$XDG_DATA_HOME" ] || exec "$real" "$@"
        # The current target is the server since somebody signed in.
        case "$1" in db|user) LMS_DB='\(database)' exec "$real" "$@" ;; serve|target) exec "$real" "$@" ;; esac
        for word; do
            case "$word" in --db|--db=*|--server|--server=*) exec "$real" "$@" ;; esac
        done
        read -r address < '\(folder.path)/address'
        LMS_SERVER=$address
        export LMS_SERVER
        case "$1" in whoami|login) ;; *) exec "$real" "$@" ;; esac
        "$real" "$@" > '\(folder.path)/answer'
        status=$?
        sed "s|$address|\(database)|" '\(folder.path)/answer'
        exit $status

        """
    }

    /// Starts the server before the first step that makes an account: until then there is no database,
    /// and commands say so.
    mutating func start(before step: Transcript.Step) async throws {
        let registers = step.script.contains("lms register")
        let isRehearsal = step.script.contains(" -n ") || step.script.contains("--dry-run")
        guard process == nil, registers, !isRehearsal else { return }
        let output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(output) }
        let process = try ChildProgram(
            [LMSExecutable.path, "serve", "--port", "0"], in: home.path,
            environment: ["HOME": home.path, "LANG": "C.UTF-8", "TZ": "Asia/Jakarta"], output: output)
        self.process = process
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(20) {
            if let address = try Self.address(in: log) {
                return try address.write(
                    toFile: folder.appending(path: "address").path, atomically: true, encoding: .utf8)
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw Failure(description: "no server: \(try String(contentsOfFile: log, encoding: .utf8))")
    }

    /// The address in the line that says the server is ready.
    private static func address(in log: String) throws -> String? {
        let text = try String(contentsOfFile: log, encoding: .utf8)
        guard let end = text.range(of: " at http://"), text[end.upperBound...].contains("\n") else {
            return nil
        }
        return "http://" + text[end.upperBound...].prefix { $0 != "\n" } + "\n"
    }

    /// Stops the server as an administrator does.
    ///
    /// - Throws: `Failure` where that was no good end, or the log tells what it must not.
    func stop() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        guard let process else { return }
        process.send(SIGTERM)
        let start = ContinuousClock.now
        var ended = process.status()
        while ended == nil {
            if ContinuousClock.now - start > .seconds(20) { process.send(SIGKILL) }
            try? await Task.sleep(for: .milliseconds(2))
            ended = process.status()
        }
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        guard let ended, ended == 0 else {
            throw Failure(description: "the server ended with \(ended ?? -1): \(lines.suffix(5))")
        }
        if let line = lines.first(where: { $0.contains("lms_") || $0.contains("\"status\":500") }) {
            throw Failure(description: "the server's log has: \(line)")
        }
    }
}
