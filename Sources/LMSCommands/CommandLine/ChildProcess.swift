internal import Foundation
internal import LMSCore

/// A program that shares our terminal: a pager or an editor.
///
/// Foundation's `Process` gives a child a process group of its own, so that it may not read the terminal.
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
        defer { arguments.forEach { free($0) } }
        var identifier = pid_t()
        guard posix_spawn(&identifier, "/bin/sh", &actions, nil, &arguments, environ) == 0 else {
            throw LMSError(.io, "\(command) cannot be started")
        }
        self.identifier = identifier
    }

    /// Waits for the end.
    ///
    /// - Returns: The exit status; 128 and the signal's number where a signal ended it.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 {
            guard errno == EINTR else { return 127 }
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}
