import Foundation
import LMSCore
import LMSText
import Synchronization

@testable import LMSCommands

/// One run of the program inside the test, at a terminal of its own, with somebody who answers its questions.
struct TerminalRun {
    let status: Int32
    /// All that the screen showed, with `\n` at the ends of lines.
    let screen: String

    /// - Parameters:
    ///   - environment: On clocks of UTC, where nothing else is said: not on those of the machine that runs the test.
    ///   - answers: What is typed once a text is on the screen, in this order.
    ///   - size: The terminal's, in characters.
    init(
        arguments: [String], answers: [(question: String, answer: String)] = [],
        environment: [String: String] = [:], size: (columns: UInt16, rows: UInt16) = (100, 40),
        now: Instant = Instant(seconds: ProgramRun.noon)
    ) async throws {
        let terminal = try Terminal(size)
        let streams = Streams(input: terminal.inner, output: terminal.inner, error: terminal.inner)
        let invocation = Invocation(
            environment: Environment(["TZ": "UTC0"].merging(environment) { $1 }), streams: streams, clock: { now })
        (status, screen) = await withCheckedContinuation { continuation in
            Thread {
                let ended = Mutex<Int32?>(nil)
                let program = Thread {
                    let status = Invocation.$current.withValue(invocation) { Program.run(arguments) }
                    ended.withLock { $0 = status }
                }
                program.start()
                let screen = terminal.answer(answers) { ended.withLock { $0 != nil } }
                continuation.resume(returning: (ended.withLock { $0 } ?? -1, screen))
            }.start()
        }
    }
}

/// Both ends of a terminal.
private final class Terminal: Sendable {
    private let outer: Int32
    /// The program's end.
    let inner: Int32

    init(_ size: (columns: UInt16, rows: UInt16)) throws {
        // What posix_openpt, unlockpt and ptsname do. Source: linux, ioctl_tty(2).
        let unlock: UInt = 0x4004_5431
        let tellNumber: UInt = 0x8004_5430
        outer = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        var (lock, number) = (Int32(0), UInt32(0))
        guard ioctl(outer, unlock, &lock) == 0, ioctl(outer, tellNumber, &number) == 0 else {
            throw POSIXError(.ENOTTY)
        }
        inner = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var window = winsize(ws_row: size.rows, ws_col: size.columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(inner, UInt(TIOCSWINSZ), &window) == 0 else { throw POSIXError(.ENOTTY) }
    }

    deinit {
        close(inner)
        close(outer)
    }

    /// Types answers as their questions come, until the program has ended.
    ///
    /// - Returns: What the screen showed.
    func answer(_ answers: [(question: String, answer: String)], until isOver: () -> Bool) -> String {
        var shown = ""
        var place = shown.startIndex
        var rest = answers[...]
        let start = ContinuousClock.now
        while true {
            // Asked before the last look, so that nothing is missed.
            let wasOver = isOver()
            let more = readMore()
            shown += more
            if let next = rest.first, let found = shown[place...].range(of: next.question) {
                place = found.upperBound
                rest.removeFirst()
                // What is typed before the echo is off is lost.
                usleep(20_000)
                let line = Array("\(next.answer)\n".utf8)
                _ = write(outer, line, line.count)
            }
            if more.isEmpty {
                if wasOver || ContinuousClock.now - start > .seconds(30) { return shown }
                usleep(1_000)
            }
        }
    }

    private func readMore() -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(outer, &buffer, buffer.count)
        guard count > 0 else { return "" }
        return String(decoding: buffer.prefix(count), as: UTF8.self).replacing("\r\n", with: "\n")
    }
}
