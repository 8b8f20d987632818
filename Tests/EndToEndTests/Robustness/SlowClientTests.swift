import Foundation
import LMSTestSupport
import Testing

extension Robustness {
    @Suite struct SlowClients {}
}

/// What went wrong on many threads, and how long things took. Guarded by a lock.
private final class Notes: @unchecked Sendable {
    private let lock = NSLock()
    private var wrong: [String] = []
    private var times: [Double] = []

    var failures: [String] { lock.withLock { wrong } }
    var durations: [Double] { lock.withLock { times.sorted() } }

    func fail(_ text: String) { lock.withLock { wrong.append(text) } }
    func took(_ seconds: Double) { lock.withLock { times.append(seconds) } }
}

extension Robustness.SlowClients {
    /// The real limits, all at once, so that they are waited for once: headers 10 s, a request 30 s and a
    /// second more for 16 KiB, idle 30 s, a lock on the database 10 s.
    @Test func `who stalls is cut and others are served`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        try scene.lms("course", "create", "Biology", token: token)
        let (locked, lockedToken) = try ProgramScene.withTeacher()
        let (server, busy) = (try ServerProcess(scene), try ServerProcess(locked))
        let notes = Notes()
        let group = DispatchGroup()
        func concurrently(_ name: String, _ body: @escaping @Sendable () throws -> Void) {
            DispatchQueue.global().async(group: group) {
                do { try body() } catch { notes.fail("\(name): \(error)") }
            }
        }
        /// Sends a beginning, then a byte now and then, until it is cut.
        func expectCut(
            _ name: String, _ range: ClosedRange<Double>, _ beginning: String, every pause: Double?
        ) {
            concurrently(name) {
                let connection = try server.connect()
                try connection.send(beginning)
                let start = ContinuousClock.now
                while seconds(since: start) < range.upperBound + 2 {
                    if connection.waitForClose(timeout: pause ?? range.upperBound) { break }
                    if pause != nil, (try? connection.send("x")) == nil { break }
                }
                let duration = seconds(since: start)
                if !range.contains(duration) { notes.fail("\(name): cut after \(duration) s") }
            }
        }
        expectCut("slow headers", 8.5...13, "GET /healthz HTTP/1.1\r\nX-Slow: ", every: 0.5)
        expectCut("half a request line", 8.5...13, "GET /hea", every: nil)
        expectCut(
            "a dripped body", 28...33,
            "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n{",
            every: 0.3)
        expectCut(
            "a dripped chunk", 28...33,
            "POST /auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2000\r\n", every: 0.3)
        expectCut("nothing at all", 28...33, "", every: nil)
        expectCut("an idle connection", 28...33, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", every: nil)
        expectCut(
            "a stalled body", 28...33,
            "POST /course HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(token)\r\nContent-Length: 90\r\n\r\n",
            every: nil)

        let isOver = Flag()
        concurrently("a slow link") {
            try Self.uploadSlowly(to: server, token, notes)
        }
        concurrently("a locked database") {
            try Self.writeWhileLocked(locked, busy, lockedToken, notes)
        }
        let others = DispatchGroup()
        DispatchQueue.global().async(group: others) {
            while !isOver.isSet {
                let start = ContinuousClock.now
                let answer = try? server.request("GET", "/course", token: token)
                notes.took(seconds(since: start))
                if answer?.status != 200 { notes.fail("another client got \(answer as Any)") }
                usleep(100_000)
            }
        }
        group.wait()
        isOver.set()
        others.wait()
        #expect(notes.failures == [])
        let durations = notes.durations
        #expect(durations.count > 100)
        #expect(try #require(durations.last) < 3, "\(durations.suffix(3))")
        #expect(durations[durations.count * 95 / 100] < 0.5)
        server.stop()
        busy.stop()
    }

    /// A text of 1 MiB at 32 KiB a second takes longer than a stalled client gets.
    private static func uploadSlowly(to server: ServerProcess, _ token: String, _ notes: Notes) throws {
        let body = #"{"title":"Long","description":"\#(String(repeating: "x", count: 1 << 20))"}"#
        let connection = try server.connect()
        let bytes = Array(
            RawConnection.request("POST", "/course/1/material", token: token, body: body).utf8)
        let start = ContinuousClock.now
        for offset in stride(from: 0, to: bytes.count, by: 8 << 10) {
            try connection.send(Array(bytes[offset..<min(offset + (8 << 10), bytes.count)]))
            usleep(245_000)
        }
        let answer = connection.answer()
        if answer?.status != 201 { notes.fail("a slow link: \(answer as Any)") }
        if seconds(since: start) < 31 { notes.fail("the link was not slow enough to tell") }
    }

    /// Another program holds the database longer than anybody waits: writes are told so, reads go on.
    private static func writeWhileLocked(
        _ scene: ProgramScene, _ server: ServerProcess, _ token: String, _ notes: Notes
    ) throws {
        let holder = try LockHolder(scene)
        defer { holder.release() }
        let connection = try server.connect()
        let start = ContinuousClock.now
        try connection.send(
            RawConnection.request("POST", "/course", token: token, body: #"{"title":"Late"}"#))
        for _ in 0..<5 {
            let read = try server.request("GET", "/course", token: token)
            if read.status != 200 { notes.fail("a read beside a lock: \(read)") }
        }
        if seconds(since: start) > 4 { notes.fail("reads wait for a lock") }
        let answer = connection.answer(timeout: 25)
        let duration = seconds(since: start)
        let isRight = answer?.status == 503 && answer?["Retry-After"] != nil
        if !isRight || !(9.5...20).contains(duration) {
            notes.fail("a write beside a lock: \(answer as Any) after \(duration) s")
        }
        if answer?.text.contains("locked") == true { notes.fail("\(answer?.text ?? "")") }
        holder.release()
        let after = try server.request("POST", "/course", token: token, body: #"{"title":"After"}"#)
        if after.status != 201 { notes.fail("after the lock: \(after)") }
    }

    /// The paths, and how many KiB they take.
    private static let caps: [(String, String, Int)] = [
        ("POST", "/auth/login", 16), ("POST", "/auth/register", 16), ("POST", "/auth/password", 16),
        ("POST", "/course", 8192), ("POST", "/course/1/material", 8192), ("PATCH", "/material/1", 8192),
        ("POST", "/course/1/enrollment/students/add", 64), ("POST", "/auth/logout", 64),
        ("DELETE", "/course/1", 64), ("GET", "/course", 64),
    ]

    @Test(arguments: Self.caps)
    func `a body that is too large is refused at once`(_ method: String, _ path: String, _ kibibytes: Int) throws {
        let limit = kibibytes << 10
        let (scene, _) = try ProgramScene.withTeacher()
        let server = try ServerProcess(scene)
        let head = "\(method) \(path) HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        // Not one byte of the body is needed to tell.
        for extra in ["", "Expect: 100-continue\r\n"] {
            // The best of three: the machine may be late now and then, a server that waits is so each time.
            let durations = try (0..<3).map { _ in
                let connection = try server.connect()
                let start = ContinuousClock.now
                try connection.send(head + extra + "Content-Length: \(limit + 1)\r\n\r\n")
                let answer = try #require(connection.answer(timeout: 15), "\(extra)")
                #expect(answer.status == 413, "\(extra) \(answer)")
                #expect(answer["Content-Type"]?.hasPrefix("application/problem+json") == true)
                return seconds(since: start)
            }
            #expect(try #require(durations.min()) < 1, "\(extra) \(durations)")
        }
        let connection = try server.connect()
        try connection.send(head + "Transfer-Encoding: chunked\r\n\r\n")
        let block = String(repeating: " ", count: 1 << 16)
        let chunk = "10000\r\n\(block)\r\n"
        let start = ContinuousClock.now
        var sent = 0
        while sent <= limit, (try? connection.send(chunk, timeout: 2)) != nil { sent += 1 << 16 }
        let answer = try #require(connection.answer(timeout: 15), "chunked, after \(sent) bytes")
        #expect(answer.status == 413 && seconds(since: start) < 3, "chunked: \(answer)")
        #expect(try server.request("GET", "/healthz").status == 200)
        server.stop()
    }
}

/// Something that is said once.
final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var value = false

    var isSet: Bool { lock.withLock { value } }
    func set() { lock.withLock { value = true } }
}
