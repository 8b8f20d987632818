import LMSTestSupport
import Testing

@testable import LMSDatabase

/// Who waits for a turn.
@Suite struct TurnQueueTests {
    /// Gives out numbers, each to one task at a time.
    private struct Numbers: TurnRule {
        var free: [Int]
        mutating func turn(for want: Void) -> Int? { free.popLast() }
    }

    private func queue(_ free: [Int], patience: Duration = .seconds(60)) -> TurnQueue<Numbers> {
        TurnQueue(Numbers(free: free), patience: patience)
    }

    private func wait(for count: Int, in queue: TurnQueue<Numbers>) async throws {
        for _ in 0..<3000 where queue.waiting != count { try await Task.sleep(for: .milliseconds(10)) }
        try #require(queue.waiting == count)
    }

    @Test func `what is given back goes to the first who waits`() async throws {
        let queue = queue([])
        let first = Task { await queue.turn(for: ()) }
        try await wait(for: 1, in: queue)
        let second = Task { try await queue.turnUnlessCancelled(for: ()) }
        try await wait(for: 2, in: queue)
        queue.update { $0.free.append(1) }
        #expect(await first.value == 1)
        #expect(queue.waiting == 1 && queue.turnAtOnce(for: ()) == nil)
        queue.update { $0.free.append(2) }
        #expect(try await second.value == 2)
        queue.update { $0.free.append(3) }
        #expect(await queue.turn(for: ()) == 3)
    }

    @Test func `nobody waits longer than the patience`() async throws {
        let queue = queue([], patience: .milliseconds(50))
        #expect(await queue.turn(for: ()) == nil)
        #expect(try await queue.turnUnlessCancelled(for: ()) == nil)
        #expect(queue.waiting == 0)
    }

    @Test func `a cancelled task leaves the queue where it may, and takes no turn with it`() async throws {
        let queue = queue([])
        let leaves = Task { try await queue.turnUnlessCancelled(for: ()) }
        try await wait(for: 1, in: queue)
        let stays = Task { await queue.turn(for: ()) }
        try await wait(for: 2, in: queue)
        leaves.cancel()
        stays.cancel()
        await #expect(throws: CancellationError.self) { try await leaves.value }
        queue.update { $0.free.append(1) }
        #expect(await stays.value == 1)
    }

    @Test func `a task that was cancelled before it came does not wait`() async throws {
        let queue = queue([])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await queue.turnUnlessCancelled(for: ())
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(queue.waiting == 0)
    }
}
