import Foundation
import Testing

/// A program at a terminal: what is typed into it, and what its screen shows.
final class Pseudoterminal {
    private let master: Int32
    private let process: ProgramProcess
    private var shown: [UInt8] = []

    /// Starts a shell that owns a new terminal and runs the launch in it. At the end it tells how the
    /// program ended, and the terminal's settings.
    ///
    /// - Parameter hasJobs: Whether the shell goes on when the program stops: it tells the settings, and lets the program
    ///   go on as soon as a line is typed.
    init(_ launch: Launch, hasJobs: Bool = false) throws {
        // What posix_openpt, unlockpt and ptsname do. Source: linux, ioctl_tty(2).
        let unlock: UInt = 0x4004_5431
        let tellNumber: UInt = 0x8004_5430
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        var (lock, number) = (Int32(0), UInt32(0))
        let isOpen = ioctl(master, unlock, &lock) == 0 && ioctl(master, tellNumber, &number) == 0
        try #require(isOpen, "no terminal can be made")
        let path = "/dev/pts/\(number)"
        var wrapped = launch
        wrapped.program = "/bin/sh"
        // A signal that is trapped, unlike one that is ignored, is the program's own again.
        let beginning = hasJobs ? "set -m; \"$@\"; stty -a; echo '[stopped]'; read x; fg" : "\"$@\""
        let script = "trap : INT TERM; \(beginning); echo \"[ended $?]\"; stty -a; echo '[over]'"
        if hasJobs { wrapped.program = "/bin/bash" }
        wrapped.arguments = ["-c", script, "sh", launch.program] + launch.arguments
        wrapped.environment["TERM"] = launch.environment["TERM"] ?? "xterm"
        wrapped.input = .path(path)
        wrapped.output = .path(path)
        wrapped.errors = .path(path)
        wrapped.ownsTerminal = true
        process = try ProgramProcess(wrapped)
    }

    deinit { close(master) }

    /// All that the screen has shown.
    var screen: String { String(decoding: shown, as: UTF8.self) }
    var screenBytes: [UInt8] { shown }

    /// Waits until the screen shows `text`, so often.
    func expect(_ text: String, times: Int = 1, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let start = ContinuousClock.now
        while screen.components(separatedBy: text).count <= times {
            readMore()
            try #require(
                seconds(since: start) < 20, "the screen never showed '\(text)' but: \(screen)",
                sourceLocation: sourceLocation)
        }
    }

    private func readMore() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(master, &buffer, buffer.count)
        if count > 0 { shown += buffer.prefix(count) } else { usleep(2000) }
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    /// Types a line once the program has turned the echo off.
    func typeUnseen(_ text: String) throws {
        let start = ContinuousClock.now
        while echoes {
            try #require(seconds(since: start) < 20, "the echo stayed on: \(screen)")
            usleep(1000)
        }
        type(text)
    }

    private var echoes: Bool {
        var settings = termios()
        return tcgetattr(master, &settings) != 0 || settings.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Whether the terminal echoed while the program was stopped.
    var echoedMeanwhile: Bool {
        let settings = screen.components(separatedBy: "[stopped]").first ?? ""
        return settings.split { " ;\r\n".contains($0) }.contains("echo")
    }

    func waitUntilUnseen() throws { try typeUnseen("") }

    /// Sends a signal to the program, not to the shell around it.
    func send(_ signal: Int32) throws {
        let path = "/proc/\(process.identifier)/task/\(process.identifier)/children"
        let children = try String(contentsOfFile: path, encoding: .utf8)
        let child = try #require(children.split(separator: " ").first.flatMap { pid_t($0) })
        kill(child, signal)
    }

    /// The program's exit status as the shell counts it.
    func end() throws -> Int32 {
        try expect("[over]")
        let status = screen.split(separator: "[ended ").last?.prefix { $0.isNumber }
        return try #require(status.flatMap { Int32($0) }, "\(screen)")
    }

    /// Whether the terminal echoes again, once the program has ended.
    var isEchoing: Bool {
        let settings = screen.components(separatedBy: "[ended ").last ?? ""
        return settings.split { " ;\r\n".contains($0) }.contains("echo")
    }
}
