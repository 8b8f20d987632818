import Foundation
import LMSText

/// A program to start: with nothing in its environment but what is said here.
struct Launch {
    var program: String
    var arguments: [String]
    var environment: [String: String] = [:]
    var input = Input.bytes([])
    var output = Sink.captured
    var errors = Sink.captured
    /// In seconds. A program that takes longer is killed, and its outcome says so.
    var timeout: Double = 60
    var ownsTerminal = false

    enum Input {
        case bytes([UInt8])
        case descriptor(Int32)
        case path(String)
        case closed
    }

    enum Sink {
        case captured
        case path(String)
        case closed
    }
}

/// How a program ended, and what it said.
struct Outcome: CustomStringConvertible {
    /// The exit status; `nil` where a signal ended it.
    let status: Int32?
    let signal: Int32?
    let timedOut: Bool
    /// In seconds.
    let duration: Double
    let outputBytes: [UInt8]
    let errorBytes: [UInt8]

    var output: String { String(decoding: outputBytes, as: UTF8.self) }
    var errors: String { String(decoding: errorBytes, as: UTF8.self) }
    /// Standard output without white space at its ends.
    var word: String { output.trimmingCharacters(in: .whitespacesAndNewlines) }
    var lines: [String] { output.split(separator: "\n").map(String.init) }

    var description: String {
        let end = status.map { "exit \($0)" } ?? "signal \(signal ?? 0)"
        return
            "\(timedOut ? "timed out, " : "")\(end)\nstdout: \(output.prefix(2000))\nstderr: \(errors.prefix(2000))"
    }
}

struct LaunchFailure: Error, CustomStringConvertible {
    let description: String
}

/// A program that runs. Its output goes to files without names, so no pipe can fill up and stall it.
final class ProgramProcess {
    let identifier: pid_t
    private let launch: Launch
    private let output: Int32
    private let errors: Int32
    private let started = ContinuousClock.now
    private var ended: Outcome?

    init(_ launch: Launch) throws {
        self.launch = launch
        output = try Self.temporaryFile()
        errors = try Self.temporaryFile()
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }

        switch launch.input {
        case .bytes(let bytes):
            let file = try Self.temporaryFile(holding: bytes)
            opened.append(file)
            posix_spawn_file_actions_adddup2(&actions, file, 0)
        case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
        case .path(let path): posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        case .closed: posix_spawn_file_actions_addclose(&actions, 0)
        }
        for (number, sink, file) in [(Int32(1), launch.output, output), (2, launch.errors, errors)] {
            switch sink {
            case .captured: posix_spawn_file_actions_adddup2(&actions, file, number)
            case .path(let path): posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY, 0)
            case .closed: posix_spawn_file_actions_addclose(&actions, number)
            }
        }
        identifier = try Self.spawn(launch, &actions)
    }

    deinit {
        if ended == nil {
            kill(identifier, SIGKILL)
            var status: Int32 = 0
            waitpid(identifier, &status, 0)
        }
        close(output)
        close(errors)
    }

    private static func spawn(
        _ launch: Launch, _ actions: inout posix_spawn_file_actions_t
    ) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What a shell gives a program: no signal blocked, none ignored.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        let newSession: Int32 = launch.ownsTerminal ? 0x80 : 0
        posix_spawnattr_setflags(
            &attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | newSession))

        var arguments = ([launch.program] + launch.arguments).map { strdup($0) } + [nil]
        var environment = launch.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in arguments + environment { free(pointer) } }
        var identifier = pid_t()
        let code = posix_spawn(
            &identifier, launch.program, &actions, &attributes, &arguments, &environment)
        guard code == 0 else {
            throw LaunchFailure(
                description: "\(launch.program) cannot be started: \(String(cString: strerror(code)))")
        }
        return identifier
    }

    func send(_ signal: Int32) {
        kill(identifier, signal)
    }

    /// Ends it with SIGKILL after so many seconds, unless it has ended by then.
    func end(after time: Double) -> Outcome {
        while seconds(since: started) < time {
            if let ended = collect(WNOHANG) { return ended }
            usleep(200)
        }
        send(SIGKILL)
        return wait()
    }

    /// The most memory that it has had, in MiB; `nil` once it has ended. What wait4(2) tells would count in what
    /// this process had when it started the other.
    var peakMemory: Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
        else { return nil }
        return Int(line.filter(\.isNumber)).map { $0 / 1024 }
    }

    /// Waits for the end.
    ///
    /// - Returns: How it ended, and the most memory that it had by a moment before, in MiB.
    func waitMeasuringMemory() -> (outcome: Outcome, peak: Int) {
        var peak = 0
        while !isOver, seconds(since: started) < launch.timeout {
            peak = max(peak, peakMemory ?? 0)
            usleep(1000)
        }
        return (wait(), peak)
    }

    /// What has been written so far.
    var outputSoFar: String { String(decoding: Self.contents(of: output), as: UTF8.self) }

    /// What has been written to standard error so far.
    var errorsSoFar: String { String(decoding: Self.contents(of: errors), as: UTF8.self) }

    /// Whether it has ended.
    var isOver: Bool { collect(WNOHANG) != nil }

    /// Waits for the end.
    func wait() -> Outcome {
        while true {
            if let outcome = collect(WNOHANG) { return outcome }
            if seconds(since: started) > launch.timeout { break }
            usleep(1000)
        }
        kill(identifier, SIGKILL)
        return collect(0, timedOut: true)!
    }

    private func collect(_ options: Int32, timedOut: Bool = false) -> Outcome? {
        if let ended { return ended }
        var status: Int32 = 0
        guard waitpid(identifier, &status, options) == identifier else { return nil }
        let signal = status & 0x7f
        ended = Outcome(
            status: signal == 0 ? (status >> 8) & 0xff : nil, signal: signal == 0 ? nil : signal,
            timedOut: timedOut, duration: seconds(since: started),
            outputBytes: Self.contents(of: output), errorBytes: Self.contents(of: errors))
        return ended
    }

    private static func temporaryFile(holding bytes: [UInt8] = []) throws -> Int32 {
        let path = "/tmp/lms-test-\(UInt64.random(in: .min ... .max))"
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LaunchFailure(description: "no temporary file can be made") }
        unlink(path)
        guard bytes.isEmpty || write(descriptor, bytes, bytes.count) == bytes.count else {
            throw LaunchFailure(description: "the input cannot be written")
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    private static func contents(of descriptor: Int32) -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(result.count))
            guard count > 0 else { return result }
            result += buffer.prefix(count)
        }
    }
}

func seconds(since instant: ContinuousClock.Instant) -> Double {
    let duration = ContinuousClock.now - instant
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}
