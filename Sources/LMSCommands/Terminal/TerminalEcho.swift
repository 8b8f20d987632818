internal import Glibc

/// Keeps what is typed off the screen, and gives the terminal back as it was, whatever ends or stops the program.
enum TerminalEcho {
    /// Runs `body` with the echo of a terminal off.
    ///
    /// - Parameter prompt: What is shown again when a program that was stopped goes on.
    static func withoutEcho<T>(
        of descriptor: Int32, prompt: (text: String, descriptor: Int32), _ body: () throws -> T
    ) rethrows -> T {
        var shown = termios()
        guard tcgetattr(descriptor, &shown) == 0 else { return try body() }
        var silent = shown
        silent.c_lflag &= ~tcflag_t(ECHO)
        let bytes = Array(prompt.text.utf8)
        return try bytes.withUnsafeBytes { text in
            state.initialize(
                to: State(
                    terminal: descriptor, shown: shown, silent: silent, messages: prompt.descriptor,
                    prompt: text))
            let previous = handlers.map { number, handler in
                let previous = signal(number, handler)
                // What whoever started us ignores (nohup) stays ignored.
                if unsafeBitCast(previous, to: Int.self) == 1 { signal(number, previous) }
                return (number, previous)
            }
            defer {
                tcsetattr(descriptor, TCSAFLUSH, &shown)
                for (number, handler) in previous { signal(number, handler) }
            }
            tcsetattr(descriptor, TCSAFLUSH, &silent)
            return try body()
        }
    }

    private struct State {
        var terminal: Int32
        var shown: termios
        var silent: termios
        var messages: Int32
        var prompt: UnsafeRawBufferPointer
    }

    // A signal handler can reach nothing but globals. Written before the handlers are set, by the one
    // thread that prompts.
    nonisolated(unsafe) private static let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

    private typealias Handler = @convention(c) (Int32) -> Void

    private static let handlers: [(Int32, Handler)] =
        [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU].map { ($0, giveBack) }
        + [(SIGTSTP, stop), (SIGCONT, goOn)]

    /// What the signal does by itself happens when the handler is left.
    private static let giveBack: Handler = { number in
        tcsetattr(TerminalEcho.state.pointee.terminal, TCSANOW, &TerminalEcho.state.pointee.shown)
        signal(number, SIG_DFL)
        raise(number)
    }

    /// Stops the program as without a handler. Where it is in a process group that nobody could wake, the system ignores that.
    private static let stop: Handler = { number in
        let state = TerminalEcho.state
        tcsetattr(state.pointee.terminal, TCSANOW, &state.pointee.shown)
        signal(number, SIG_DFL)
        var blocked = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, number)
        pthread_sigmask(SIG_UNBLOCK, &blocked, nil)
        raise(number)
        signal(number, TerminalEcho.stop)
        _ = TerminalEcho.hideInForeground()
    }

    private static let goOn: Handler = { _ in
        let state = TerminalEcho.state
        guard TerminalEcho.hideInForeground() else { return }
        _ = write(state.pointee.messages, state.pointee.prompt.baseAddress, state.pointee.prompt.count)
    }

    /// Turns the echo off again, unless the program is in the background: there the terminal is another program's.
    private static func hideInForeground() -> Bool {
        let state = TerminalEcho.state
        guard tcgetpgrp(state.pointee.terminal) == getpgrp() else { return false }
        return tcsetattr(state.pointee.terminal, TCSANOW, &state.pointee.silent) == 0
    }
}
