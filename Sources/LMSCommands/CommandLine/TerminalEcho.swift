internal import Foundation

/// Keeps what is typed off the screen, and gives the terminal back as it was, whatever ends the program.
enum TerminalEcho {
    /// Runs `body` with the echo of a terminal off.
    static func withoutEcho<T>(of descriptor: Int32, _ body: () throws -> T) rethrows -> T {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return try body() }
        saved.initialize(to: Saved(descriptor: descriptor, settings: settings))
        let previous = signals.map { signal($0, restoreAndEnd) }
        defer {
            tcsetattr(descriptor, TCSAFLUSH, &settings)
            for (number, handler) in zip(signals, previous) { signal(number, handler) }
        }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(descriptor, TCSAFLUSH, &silent)
        return try body()
    }

    private struct Saved {
        var descriptor: Int32
        var settings: termios
    }

    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    // A signal handler can reach nothing but globals. Written before the handler is set, by the one
    // thread that prompts.
    nonisolated(unsafe) private static let saved = UnsafeMutablePointer<Saved>.allocate(capacity: 1)

    private static let restoreAndEnd: @convention(c) (Int32) -> Void = { number in
        tcsetattr(TerminalEcho.saved.pointee.descriptor, TCSANOW, &TerminalEcho.saved.pointee.settings)
        signal(number, SIG_DFL)
        raise(number)
    }
}
