internal import Foundation

/// A program named `lms`, in a folder of its own beside a session's home.
struct TranscriptProgram: Sendable {
    let folder: URL

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameters:
    ///   - home: The folder of a session, which must not hold more than the transcript puts there.
    ///   - lines: What leads a user's command away, in shell. It comes to those that name no target of their
    ///     own, once `address` has been written; `$real` is the real program and `$address` what was written.
    ///     What goes through it unchanged acts on the file.
    init(home: URL, leading lines: String) async throws {
        folder = URL(fileURLWithPath: home.path + ".place")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let script = """
            #!/bin/sh
            real='\(LMSExecutable.path)'
            # No place yet; or the session has turned to another.
            [ -s '\(folder.path)/address' ] && [ "$HOME" = '\(home.path)' ] || exec "$real" "$@"
            [ -z "$LMS_SERVER$XDG_DATA_HOME" ] || exec "$real" "$@"
            for word; do
                case "$word" in --db|--db=*|--server|--server=*) exec "$real" "$@" ;; esac
            done
            read -r address < '\(folder.path)/address'
            # Where a target is shown, it is shown as the file that it stands for.
            show() {
                case "$1 $2" in whoami*|login*|"db check") ;; *) exec "$real" "$@" ;; esac
                "$real" "$@" > '\(folder.path)/answer'
                status=$?
                sed "s|$address|\(Self.database(in: home))|" '\(folder.path)/answer'
                exit $status
            }
            \(lines)

            """
        // Another process writes it: a child of ours that has it open by chance would keep it from running.
        let writer = try ChildProgram(
            ["/bin/sh", "-c", "printf '%s' \"$1\" > lms && chmod 700 lms", "sh", script], in: folder.path,
            environment: ["PATH": "/usr/bin:/bin"], output: STDERR_FILENO, errors: STDERR_FILENO)
        guard try await writer.end() == 0 else { throw Failure(description: "no program can be written") }
    }

    /// The default file of a session.
    static func database(in home: URL) -> String {
        home.appending(path: ".local/share/lms/lms.db").path
    }

    /// Tells the program where to lead commands.
    func lead(to address: String) throws {
        try (address + "\n").write(
            toFile: folder.appending(path: "address").path, atomically: true, encoding: .utf8)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }
}
