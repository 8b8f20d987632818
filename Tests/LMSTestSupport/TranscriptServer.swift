internal import Foundation

/// `lms serve` on the default database of a transcript's session.
///
/// A user's command goes to the server. An operator's acts on the file as it is written. Where a target is
/// shown, the server's is shown as the file that it serves.
struct TranscriptServer: TranscriptPlace {
    private let program: TranscriptProgram
    private let home: URL
    private var process: ChildProgram?

    init(home: URL) async throws {
        self.home = home
        program = try await TranscriptProgram(
            home: home,
            // The current target is the server since somebody signed in.
            leading: """
                [ -z "$LMS_DB" ] || exec "$real" "$@"
                case "$1" in
                    db|user) LMS_DB='\(TranscriptProgram.database(in: home))' exec "$real" "$@" ;;
                    serve|target) exec "$real" "$@" ;;
                esac
                LMS_SERVER=$address
                export LMS_SERVER
                show "$@"
                """)
    }

    var path: String { program.folder.path }

    private var log: String { program.folder.appending(path: "log").path }

    mutating func open() async throws {
        guard process == nil else { return }
        let output = Foundation.open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { Foundation.close(output) }
        let process = try ChildProgram(
            [LMSExecutable.path, "serve", "--port", "0"], in: home.path,
            environment: ["HOME": home.path, "LANG": "C.UTF-8", "TZ": "Asia/Jakarta"], output: output,
            errors: output)
        self.process = process
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(20) {
            if let address = try Self.address(in: log) { return try program.lead(to: address) }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TranscriptProgram.Failure(
            description: "no server: \(try String(contentsOfFile: log, encoding: .utf8))")
    }

    /// The address in the line that says the server is ready.
    private static func address(in log: String) throws -> String? {
        let text = try String(contentsOfFile: log, encoding: .utf8)
        guard let end = text.range(of: " at http://"), text[end.upperBound...].contains("\n") else {
            return nil
        }
        return "http://" + text[end.upperBound...].prefix { $0 != "\n" }
    }

    /// Stops the server as an administrator does, and reads its log.
    func close() async throws {
        defer { program.remove() }
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
            throw TranscriptProgram.Failure(
                description: "the server ended with \(ended ?? -1): \(lines.suffix(5))")
        }
        if let line = lines.first(where: { $0.contains("lms_") || $0.contains("\"status\":500") }) {
            throw TranscriptProgram.Failure(description: "the server's log has: \(line)")
        }
    }
}
