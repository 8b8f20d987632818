internal import Foundation

/// A program that runs in a session of a transcript, without an input.
///
/// Not Foundation's `Process`, which also waits for whatever the program leaves running.
struct ChildProgram {
    let identifier: pid_t

    /// - Parameters:
    ///   - folder: Where it runs.
    ///   - output: A descriptor that gets its standard output.
    ///   - errors: One that gets its standard error.
    init(
        _ words: [String], in folder: String, environment: [String: String], output: Int32, errors: Int32
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What a terminal gives a program: no signal blocked, none ignored, a process group of its own.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags =
            Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETPGROUP)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let all = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder] + words
        var arguments = all.map { strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
        var variables =
            environment.map { strdup("\($0.key)=\($0.value)") as UnsafeMutablePointer<CChar>? } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        var identifier = pid_t()
        guard posix_spawn(&identifier, "/bin/sh", &actions, &attributes, &arguments, &variables) == 0 else {
            throw Missing(what: "a process for \(words)")
        }
        self.identifier = identifier
    }

    /// The exit status as a shell counts it; `nil` while it runs. To be asked no more once it has ended.
    func status() -> Int32? {
        var status: Int32 = 0
        guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    }

    func send(_ signal: Int32) {
        kill(identifier, signal)
    }

    /// Waits for the end, which comes early where the test runs out of time.
    func end() async throws -> Int32 {
        while true {
            if let status = status() { return status }
            do {
                try await Task.sleep(for: .milliseconds(2))
            } catch {
                kill(-identifier, SIGKILL)
                var status: Int32 = 0
                waitpid(identifier, &status, 0)
                throw error
            }
        }
    }
}
