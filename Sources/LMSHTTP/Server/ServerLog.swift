internal import Dispatch
internal import LMSCore
internal import LMSText
internal import Synchronization

internal import struct SystemPackage.FileDescriptor

package enum LogLevel: String, Sendable, CaseIterable, Comparable {
    case debug
    case info
    case warning
    case error

    package static func < (left: LogLevel, right: LogLevel) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}

/// The server's log on a descriptor: one JSON object a line.
///
/// A thread of its own writes. Where its reader does not keep up, lines are dropped, and how many is said:
/// nobody's request waits for a log.
final class ServerLog: Sendable {
    let level: LogLevel
    /// Whether what happened inside is written with its causes.
    private let hasCauses: Bool
    private let descriptor: Int32
    private let clock: Clock
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "lms.log")
    /// Written out once a second.
    private let time = Mutex<(second: Int64, text: String)>((.min, ""))

    private struct State {
        var lines: [UInt8] = []
        var dropped = 0
        var isScheduled = false
    }

    private static let capacity = 4 << 20

    init(_ level: LogLevel, hasCauses: Bool, descriptor: Int32, clock: @escaping Clock) {
        self.level = level
        self.hasCauses = hasCauses
        self.descriptor = descriptor
        self.clock = clock
    }

    /// Notes what one request came to.
    func note(_ access: Access) {
        let level: LogLevel = access.status >= 500 ? .error : .info
        guard level >= self.level else { return }
        var line = opening(level)
        line.append("method", access.method)
        line.append("path", Self.redacted(access))
        line.append("status", number: Int64(access.status))
        line.append("ms", number: Self.milliseconds(access.duration))
        if let user = access.user { line.append("user", number: user.rawValue) }
        line.append("address", access.address)
        line.append("request", access.requestID)
        if access.isDryRun { line.append("dry_run", true) }
        if let failure = access.failure {
            if access.status >= 500 { line.append("error", failure.causes.first ?? failure.message) }
            if hasCauses, !failure.causes.isEmpty { line.append("causes", failure.causes) }
        }
        write(line)
    }

    func note(_ level: LogLevel, _ message: String) {
        guard level >= self.level else { return }
        var line = opening(level)
        line.append("message", message)
        write(line)
    }

    /// What a line says of a request: neither its query, nor its body, nor its token.
    struct Access {
        let method: String
        let path: Substring
        let status: Int
        let duration: Duration
        let user: UserID?
        let address: String
        let requestID: String
        /// Whether it was a dry run: its line stands beside that of the act itself.
        let isDryRun: Bool
        let failure: LMSError?
    }

    private func opening(_ level: LogLevel) -> LogLine {
        let now = clock()
        let time = time.withLock { time in
            if time.second != now.seconds { time = (now.seconds, now.description) }
            return time.text
        }
        var line = LogLine()
        line.append("at", time)
        line.append("level", level.rawValue)
        return line
    }

    /// A path in which somebody put a token by mistake must not give it away; nor one with the key of a course in the place of the
    /// course, which is not found then, or not looked for where nobody is signed in.
    private static func redacted(_ access: Access) -> String {
        let path = access.path
        let decoded = PercentEncoding.decode(path)
        let hasToken = path.contains("lms_") || decoded?.contains("lms_") == true
        let isSecret = hasToken || [401, 404].contains(access.status) && decoded.map(hasKey) == true
        return isSecret ? "(not shown)" : String(path.prefix(500))
    }

    private static func hasKey(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count > 1 && parts[0] == "course" && EnrollmentKey(String(parts[1])).isKey
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let microseconds = duration / .microseconds(1)
        let thousandths = Int64(microseconds)
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.utf8.count))\(fraction)"
    }

    private func write(_ line: consuming LogLine) {
        let bytes = line.finished()
        let mustSchedule = state.withLock { state in
            guard state.lines.count + bytes.count <= Self.capacity else {
                state.dropped += 1
                return false
            }
            state.lines += bytes
            guard !state.isScheduled else { return false }
            state.isScheduled = true
            return true
        }
        // A moment later, so that a thread is woken for many lines and not for each.
        if mustSchedule { queue.asyncAfter(deadline: .now() + .milliseconds(20)) { self.drain() } }
    }

    private func drain() {
        while true {
            let (lines, dropped) = state.withLock { state in
                let taken = (state.lines, state.dropped)
                state.lines = []
                state.dropped = 0
                if taken.0.isEmpty { state.isScheduled = false }
                return taken
            }
            if lines.isEmpty { return }
            put(lines)
            if dropped > 0 { note(.warning, "\(counted(dropped, "line")) of this log had no room") }
        }
    }

    /// A failure is passed over: there is nowhere left to report it.
    private func put(_ bytes: [UInt8]) {
        _ = try? FileDescriptor(rawValue: descriptor).writeAll(bytes)
    }

    /// Writes what is still there.
    func finish() {
        queue.sync { drain() }
    }
}

/// One line of the log, as it grows.
private struct LogLine: ~Copyable {
    private var json = JSONWriter()

    init() { json.begin(.object) }

    mutating func append(_ key: String, _ text: String) {
        json.key(key)
        json.write(text)
    }

    mutating func append(_ key: String, _ texts: [String]) {
        json.key(key)
        json.array { json in
            for text in texts { json.write(text) }
        }
    }

    mutating func append(_ key: String, number: Int64) { append(key, number: String(number)) }

    /// - Parameter number: As JSON writes numbers.
    mutating func append(_ key: String, number: String) {
        json.key(key)
        json.write(number: number)
    }

    mutating func append(_ key: String, _ value: Bool) {
        json.key(key)
        json.write(value)
    }

    consuming func finished() -> [UInt8] {
        json.end(.object)
        return json.bytes + [UInt8(ascii: "\n")]
    }
}
