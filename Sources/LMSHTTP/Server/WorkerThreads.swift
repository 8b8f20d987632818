internal import Dispatch
internal import LMSCore
internal import LMSDatabase
internal import Synchronization

/// Threads for work that takes long, a limited number: a password's hash takes 64 MiB and a tenth of a second of one core.
/// What finds no thread waits for a moment, then is told to come back.
///
/// Addresses and accounts take turns, by the time that they have had, so that whoever sends much waits for their own work
/// alone. A hash that has begun keeps its thread until it ends, whether or not its client is still there.
final class WorkerThreads: HashExecutor {
    private let turns: TurnQueue<ThreadTurns>
    private let queue = DispatchQueue(label: "lms.workers", qos: .utility, attributes: .concurrent)

    /// How many wait for their turn.
    var waiting: Int { turns.waiting }

    init(count: Int, patience: Duration = .seconds(2)) {
        turns = TurnQueue(ThreadTurns(free: count), patience: patience)
    }

    func run<T: Sendable>(
        for caller: String, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await run(for: Holder(address: caller), work)
    }

    func run<T: Sendable>(
        for holder: Holder, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await enter(holder)
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                let start = ContinuousClock.now
                let result = Result { try work() }
                self.leave(holder, after: ContinuousClock.now - start)
                continuation.resume(with: result)
            }
        }
    }

    /// Runs work that waits in between. It keeps its turn until it ends, and never runs on the caller's thread. It is
    /// cancelled with its caller, and when its time is over.
    ///
    /// - Throws: `LMSError` `busy` where there was no turn or no time for it, `CancellationError`, or what
    ///   `work` throws.
    func runTask<T: Sendable>(
        for holder: Holder, within time: Duration,
        _ work: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        try await enter(holder)
        let start = ContinuousClock.now
        defer { leave(holder, after: ContinuousClock.now - start) }
        let task = Task(executorPreference: JobExecutor { [queue] in queue.async(execute: $0) }) {
            try await work()
        }
        let isLate = Flag()
        // A source: a work item that is cancelled would still be kept until its time.
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + time / .seconds(1))
        timer.setEventHandler {
            isLate.raise()
            task.cancel()
        }
        timer.activate()
        defer { timer.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        } catch  where isLate.isRaised {
            throw LMSError(
                .busy, "this takes too long now", hint: "Ask for less at once, or try again later.",
                retryAfter: 5, causes: ["ended after its time: \(error)"])
        }
    }

    /// Whoever was right before goes before those who guess.
    func verified(for caller: String, isRight: Bool) {
        turns.update { $0.note(caller, isRight: isRight) }
    }

    private func enter(_ holder: Holder) async throws {
        guard try await turns.turnUnlessCancelled(for: holder) != nil else {
            throw LMSError(
                .busy, "the server has much to do now", hint: "Try again in a moment.", retryAfter: 5,
                causes: ["no thread was free in time"])
        }
    }

    private func leave(_ holder: Holder, after duration: Duration) {
        turns.update { $0.leave(holder, after: duration) }
    }
}

/// Something that happens once, on another thread.
private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}
