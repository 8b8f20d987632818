import Foundation
import LMSTestSupport
import Testing

extension Robustness {
    @Suite struct LoginFlood {}
}

/// Durations of one client's requests. Guarded by a lock.
private final class Durations: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Double] = []
    private var wrong: [String] = []

    var sorted: [Double] { lock.withLock { values.sorted() } }
    var failures: [String] { lock.withLock { wrong } }

    func add(_ duration: Double, _ answer: RawAnswer?) {
        lock.withLock {
            values.append(duration)
            if answer?.status != 200 { wrong.append("\(answer as Any)") }
        }
    }
}

extension Robustness.LoginFlood {
    @Test func `four hundred logins at once slow nobody else`() throws {
        let (scene, token) = try ProgramScene.withTeacher()
        for number in 0..<4 { try scene.register("user\(number)", role: "student") }
        let server = try ServerProcess(scene)
        let isOver = Flag()
        let durations = Durations()
        let reader = DispatchGroup()
        DispatchQueue.global().async(group: reader) {
            while !isOver.isSet {
                let start = ContinuousClock.now
                let answer = try? server.request("GET", "/course", token: token)
                durations.add(seconds(since: start), answer)
                usleep(10_000)
            }
        }
        defer {
            isOver.set()
            reader.wait()
        }
        // Right ones, wrong ones, and names that nobody has.
        let start = ContinuousClock.now
        let clients = try (0..<400).map { number in
            let connection = try server.connect()
            let password = number % 4 == 0 ? "not the password" : ProgramScene.password
            let name = number % 2 == 0 ? "user\(number % 4)" : "name\(number)"
            try connection.send(
                RawConnection.request(
                    "POST", "/auth/login", body: #"{"username":"\#(name)","password":"\#(password)"}"#))
            return connection
        }
        var counts: [Int: Int] = [:]
        for client in clients {
            let answer = try #require(client.answer(timeout: 40), "a login got no answer")
            counts[answer.status, default: 0] += 1
            if answer.status == 503 || answer.status == 429 {
                #expect(answer["Retry-After"].flatMap { Int($0) } != nil)
            }
        }
        let duration = seconds(since: start)
        isOver.set()
        reader.wait()
        let sorted = durations.sorted
        let p95 = sorted[sorted.count * 95 / 100]
        let memory = try server.peakMemory
        print(
            "400 logins in \(duration) s: \(counts.sorted { $0.key < $1.key }), "
                + "\(sorted.count) reads, p95 \(p95 * 1000) ms, at most \(memory) MiB")
        #expect(Set(counts.keys).isSubset(of: [200, 401, 429, 503]), "\(counts)")
        #expect(counts[429, default: 0] + counts[503, default: 0] > 100, "\(counts)")
        #expect(durations.failures == [])
        #expect(sorted.count > 20, "too few reads to tell")
        #expect(p95 < 0.5, "\(p95)")
        #expect(memory < 512, "\(memory) MiB")
        #expect(try server.request("GET", "/readyz").status == 200)
        let log = server.stop().errors
        #expect(!log.contains("\"status\":500"))
        // Nothing stays behind of a flood but failures.
        #expect(try scene.sql("SELECT count(*) FROM throttle WHERE pending > 0") == "0")
    }
}
