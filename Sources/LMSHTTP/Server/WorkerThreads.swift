internal import Dispatch
internal import LMSCore
internal import Synchronization

/// Does what takes long on threads of its own, so many at once at most: a password's hash takes 64 MiB and
/// a tenth of a second of one core. The rest queue for a moment, then are told to come back.
///
/// Callers take turns, so that whoever sends much waits for himself. What has begun keeps its place until it
/// ends, whether or not its client is still there.
final class WorkerThreads: HashExecutor {
    private struct Waiter {
        let number: Int
        let caller: String
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var next = 0
        var waiters: [Waiter] = []
        /// How often each caller was served since anybody had to wait.
        var served: [String: Int] = [:]

        /// Takes the first waiter of those who were served least.
        mutating func popNext() -> Waiter? {
            let index = waiters.indices.min {
                served[waiters[$0].caller, default: 0] < served[waiters[$1].caller, default: 0]
            }
            guard let index else {
                served = [:]
                return nil
            }
            let waiter = waiters.remove(at: index)
            served[waiter.caller, default: 0] += 1
            return waiter
        }
    }

    private let state: Mutex<State>
    private let patience: DispatchTimeInterval
    private let queue = DispatchQueue(label: "lms.workers", qos: .utility, attributes: .concurrent)

    /// How many wait for their turn.
    var waiting: Int { state.withLock { $0.waiters.count } }

    init(count: Int, patience: DispatchTimeInterval = .seconds(2)) {
        state = Mutex(State(free: count))
        self.patience = patience
    }

    func run<T: Sendable>(
        for caller: String, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        guard await enter(caller) else { throw Self.busy }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                let result = Result { try work() }
                self.leave()
                continuation.resume(with: result)
            }
        }
    }

    /// The same for work that waits in between: it has its place until it ends, and never runs on the caller's
    /// thread.
    func runTask<T: Sendable>(
        for caller: String, _ work: @Sendable () async throws -> T
    ) async throws -> T {
        guard await enter(caller) else { throw Self.busy }
        defer { leave() }
        return try await withTaskExecutorPreference(QueueExecutor(queue: queue), operation: work)
    }

    private static let busy = LMSError(
        .busy, "the server has much to do now", hint: "Try again in a moment.", retryAfter: 5)

    /// - Returns: Whether there was a place in time.
    private func enter(_ caller: String) async -> Bool {
        await withCheckedContinuation { continuation in
            let number = state.withLock { state -> Int? in
                guard state.free == 0 else {
                    state.free -= 1
                    state.served[caller, default: 0] += 1
                    return nil
                }
                state.next += 1
                state.waiters.append(
                    Waiter(number: state.next, caller: caller, continuation: continuation))
                return state.next
            }
            guard let number else { return continuation.resume(returning: true) }
            queue.asyncAfter(deadline: .now() + patience) { self.giveUp(number) }
        }
    }

    private func giveUp(_ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: false)
    }

    private func leave() {
        let waiter = state.withLock { state -> Waiter? in
            let waiter = state.popNext()
            if waiter == nil { state.free += 1 }
            return waiter
        }
        waiter?.continuation.resume(returning: true)
    }
}

/// Runs a task's jobs on a queue.
private final class QueueExecutor: TaskExecutor {
    private let queue: DispatchQueue

    init(queue: DispatchQueue) { self.queue = queue }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
