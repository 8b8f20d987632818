import Dispatch
import LMSCore
import LMSTestSupport
import Synchronization
import Testing

@testable import LMSHTTP

@Suite("How many passwords are hashed at once")
struct WorkerThreadsTests {
    /// Counts what is at work; everybody waits at the gate.
    private final class Work: Sendable {
        private let state = Mutex((now: 0, most: 0, done: 0))
        private let gate = DispatchSemaphore(value: 0)

        var now: Int { state.withLock { $0.now } }
        var most: Int { state.withLock { $0.most } }
        var done: Int { state.withLock { $0.done } }

        func open(for count: Int) { for _ in 0..<count { gate.signal() } }

        @Sendable func run() -> [UInt8] {
            state.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            _ = gate.wait(timeout: .now() + 60)
            state.withLock {
                $0.now -= 1
                $0.done += 1
            }
            return [1]
        }
    }

    /// Who was served, in this order.
    private final class Names: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock { $0 } }
        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    private func wait(until condition: () -> Bool) async throws {
        for _ in 0..<3000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
        try #require(condition())
    }

    @Test("never more than so many; the rest get their turn")
    func limit() async throws {
        let threads = WorkerThreads(count: 3, patience: .seconds(60))
        let work = Work()
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<20 { group.addTask { try await threads.run(for: "local", work.run) } }
            try await wait { work.now == 3 }
            work.open(for: 20)
            for try await digest in group { #expect(digest == [1]) }
        }
        #expect(work.most == 3 && work.done == 20)
    }

    @Test("whoever waits longer than the patience is told to come back")
    func patience() async throws {
        let threads = WorkerThreads(count: 1, patience: .milliseconds(100))
        let work = Work()
        let first = Task { try await threads.run(for: "local", work.run) }
        try await wait { work.now == 1 }
        let start = ContinuousClock.now
        let error = await expectError(.busy) { try await threads.run(for: "local") { [2] } }
        #expect(error?.retryAfter != nil)
        #expect(ContinuousClock.now - start >= .milliseconds(90))
        work.open(for: 1)
        #expect(try await first.value == [1])
        #expect(try await threads.run(for: "local") { [3] } == [3])
    }

    @Test("a task that is cancelled keeps its place until its hash is done")
    func cancellation() async throws {
        let threads = WorkerThreads(count: 1, patience: .milliseconds(100))
        let work = Work()
        let first = Task { try await threads.run(for: "local", work.run) }
        try await wait { work.now == 1 }
        first.cancel()
        await expectError(.busy) { try await threads.run(for: "local") { [2] } }
        work.open(for: 1)
        _ = await first.result
        #expect(try await threads.run(for: "local") { [3] } == [3])
    }

    @Test("callers take turns: whoever sends much waits for himself")
    func turns() async throws {
        let threads = WorkerThreads(count: 1, patience: .seconds(60))
        let work = Work()
        let order = Names()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await threads.run(for: "busy", work.run) }
            try await wait { work.now == 1 }
            for _ in 1...20 {
                group.addTask { try await threads.run(for: "busy") { order.add("busy") } }
            }
            try await wait { threads.waiting == 20 }
            group.addTask { try await threads.run(for: "quiet") { order.add("quiet") } }
            try await wait { threads.waiting == 21 }
            work.open(for: 1)
            try await group.waitForAll()
        }
        let place = try #require(order.all.firstIndex(of: "quiet"))
        #expect(place <= 1, "behind twenty of another's")
    }

    @Test("large bodies are bounded together, small ones are not counted")
    func bodies() async throws {
        let budget = BodyBudget(capacity: 1 << 20, readers: 1)
        let half = 1 << 19
        try await budget.reserving(half) { () async throws -> Void in
            try await budget.reserving(half) { () async throws -> Void in
                let error = await expectError(.busy) { try await budget.reserving(half) { 1 } }
                #expect(error?.retryAfter != nil)
                #expect(try await budget.reserving(64 << 10) { 2 } == 2)
            }
            // What is done makes room.
            #expect(try await budget.reserving(half) { 3 } == 3)
        }
        await #expect(throws: Missing.self) {
            try await budget.reserving(1 << 20) { throw Missing(what: "an end") }
        }
        #expect(try await budget.reserving(1 << 20) { 4 } == 4)
    }

    @Test("work that fails gives its place back")
    func failure() async throws {
        let threads = WorkerThreads(count: 1, patience: .milliseconds(500))
        for _ in 0..<3 {
            await #expect(throws: Missing.self) {
                try await threads.run(for: "local") { throw Missing(what: "memory") }
            }
        }
        #expect(try await threads.run(for: "local") { [3] } == [3])
    }
}
