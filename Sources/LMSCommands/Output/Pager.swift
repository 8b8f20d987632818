internal import Glibc
internal import LMSText

/// The program that shows long output, as the user chose it.
///
/// A pager that fails has its text printed by the shell that started it: a list is on its way already, and nothing but the
/// pager's input still holds what the pager has left unread.
final class Pager {
    private let command: String
    private var child: ChildProcess?
    private var pipeEnd: Int32 = -1

    /// The pager to use; `nil` where the user wants none.
    init?(_ console: Console, isWanted: Bool) {
        guard isWanted, console.outputIsTerminal, let chosen = Self.chosen(console.environment) else {
            return nil
        }
        // As git does: quit where it all fits, show colours, leave the text on the screen.
        command = """
            export LESS="${LESS-FRX}"
            \(chosen)
            ended=$?
            [ $ended -eq 0 ] || [ $ended -gt 128 ] || while IFS= read -r line; do printf '%s\\n' "$line"; done
            """
    }

    /// A variable that is set to nothing asks for no pager, as git and psql have it.
    private static func chosen(_ environment: Environment) -> String? {
        // A terminal that cannot move its cursor has no use for a pager.
        guard let terminal = environment["TERM"], terminal != "dumb" else { return nil }
        for name in ["LMS_PAGER", "PAGER"] {
            if environment.isEmpty(name) { return nil }
            guard let chosen = environment[name]?.trimmed else { continue }
            return chosen.isEmpty || chosen == "cat" ? nil : chosen
        }
        return "command -v less >/dev/null && less"
    }

    var isRunning: Bool { child != nil }

    /// - Returns: Where to write; `nil` where the pager cannot be started.
    func start() -> Int32? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        // Neither a reader who leaves nor Ctrl-C may end us before the terminal is ours again.
        for number in [SIGPIPE, SIGINT, SIGQUIT] { signal(number, SIG_IGN) }
        child = try? ChildProcess(shell: command, input: ends[0])
        close(ends[0])
        guard child != nil else {
            close(ends[1])
            return nil
        }
        pipeEnd = ends[1]
        return pipeEnd
    }

    func finish() {
        close(pipeEnd)
        child?.wait()
        child = nil
    }
}
