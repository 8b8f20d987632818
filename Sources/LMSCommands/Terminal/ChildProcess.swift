internal import Glibc
internal import LMSCore

/// A program that shares our terminal: a pager or an editor.
///
/// It stays in our process group: the terminal stops a child in one of its own as soon as that reads.
struct ChildProcess {
    private let identifier: pid_t

    /// Starts a command line in a shell.
    ///
    /// - Parameter input: What the child reads.
    init(shell command: String, input: Int32) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if input != 0 {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
            posix_spawn_file_actions_addclose(&actions, input)
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", command].map { (word: String) in
            strdup(word)
        }
        arguments.append(nil)
        defer { for pointer in arguments { free(pointer) } }
        var identifier = pid_t()
        // The child gets back the signals that lms ignores while it waits.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGQUIT, SIGPIPE] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        guard posix_spawn(&identifier, "/bin/sh", &actions, &attributes, &arguments, environ) == 0 else {
            throw LMSError(.io, "\(command) cannot be started")
        }
        self.identifier = identifier
    }

    /// Waits for the end. Ctrl-C is for the child meanwhile.
    ///
    /// - Returns: The exit status; 128 and the signal's number where a signal ended it.
    @discardableResult
    func wait() -> Int32 {
        let previous = [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
        defer { for (number, handler) in previous { signal(number, handler) } }
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 {
            guard errno == EINTR else { return 127 }
        }
        let ending = status & 0x7f
        return ending == 0 ? (status >> 8) & 0xff : 128 + ending
    }
}
