import Dispatch
import LMSCore
import LMSTestSupport
import Synchronization
import Testing

@testable import LMSHTTP

/// How many passwords are hashed at once.
@Suite struct WorkerThreadsTests {
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

    @Test func `never more than so many; the rest get their turn`() async throws {
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

    @Test func `whoever waits longer than the patience is told to come back`() async throws {
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

    @Test func `a task that is cancelled keeps its turn until its hash is done`() async throws {
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

    @Test func `callers take turns: whoever sends much waits for himself`() async throws {
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

    @Test func `whoever was right before goes before those who guess, however many they are`() async throws {
        let threads = WorkerThreads(count: 1, patience: .seconds(60))
        threads.verified(for: "school", isRight: true)
        for _ in 0..<9 { threads.verified(for: "guesser", isRight: false) }
        let work = Work()
        let order = Names()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await threads.run(for: "first", work.run) }
            try await wait { work.now == 1 }
            for (count, name) in ["guesser", "new 1", "new 2", "school"].enumerated() {
                group.addTask { try await threads.run(for: name) { order.add(name) } }
                try await wait { threads.waiting == count + 1 }
            }
            work.open(for: 1)
            try await group.waitForAll()
        }
        #expect(order.all == ["school", "new 1", "new 2", "guesser"])
    }

    @Test func `an account with many addresses has one turn of them all`() async throws {
        let threads = WorkerThreads(count: 1, patience: .seconds(60))
        let work = Work()
        let order = Names()
        let (busy, quiet) = (UserID(rawValue: 1), UserID(rawValue: 2))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await threads.run(for: Holder(address: "0", account: busy), work.run) }
            try await wait { work.now == 1 }
            for number in 1...5 {
                group.addTask {
                    try await threads.run(for: Holder(address: "\(number)", account: busy)) {
                        order.add("busy")
                    }
                }
            }
            try await wait { threads.waiting == 5 }
            group.addTask {
                try await threads.run(for: Holder(address: "6", account: quiet)) { order.add("quiet") }
            }
            try await wait { threads.waiting == 6 }
            work.open(for: 1)
            try await group.waitForAll()
        }
        #expect(order.all.first == "quiet")
    }

    @Test func `work is cancelled when its time is over, and leaves its thread`() async throws {
        let threads = WorkerThreads(count: 1, patience: .seconds(60))
        let error = await expectError(.busy) {
            try await threads.runTask(for: Holder(address: "a"), within: .milliseconds(50)) {
                try await Task.sleep(for: .seconds(600))
            }
        }
        #expect(error?.retryAfter != nil)
        #expect(try await threads.runTask(for: Holder(address: "a"), within: .seconds(60)) { 3 } == 3)
    }

    @Test func `whoever is gone waits for no thread`() async throws {
        let threads = WorkerThreads(count: 1, patience: .seconds(60))
        let work = Work()
        let first = Task { try await threads.run(for: "a", work.run) }
        try await wait { work.now == 1 }
        let second = Task { try await threads.run(for: "b", work.run) }
        try await wait { threads.waiting == 1 }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(threads.waiting == 0)
        work.open(for: 1)
        _ = try await first.value
        #expect(work.done == 1)
    }

    @Test func `work that fails gives its turn back`() async throws {
        let threads = WorkerThreads(count: 1, patience: .milliseconds(500))
        for _ in 0..<3 {
            await #expect(throws: Missing.self) {
                try await threads.run(for: "local") { throw Missing(what: "memory") }
            }
        }
        #expect(try await threads.run(for: "local") { [3] } == [3])
    }
}
