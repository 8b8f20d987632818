internal import Foundation

/// Runs a command's asynchronous work on the thread that waits for it, so that a local command starts no
/// other thread.
final class MainThreadExecutor: TaskExecutor {
    private let jobs = JobQueue()

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.append(UnownedJob(job))
    }

    /// Runs `body` to its end and returns what it returns.
    static func run<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) throws -> T {
        let executor = MainThreadExecutor()
        let outcome = Outcome<T>()
        Task(executorPreference: executor) {
            let result: Result<T, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            outcome.set(result)
            executor.jobs.wake()
        }
        while true {
            if let result = outcome.get() { return try result.get() }
            executor.jobs.next()?.runSynchronously(on: executor.asUnownedTaskExecutor())
        }
    }
}

/// Jobs that wait for the thread.
private final class JobQueue: Sendable {
    private let condition = NSCondition()
    // The condition guards it.
    nonisolated(unsafe) private var jobs: [UnownedJob] = []
    nonisolated(unsafe) private var isAwake = false

    func append(_ job: UnownedJob) {
        condition.lock()
        jobs.append(job)
        condition.signal()
        condition.unlock()
    }

    /// Ends the waiting of `next` once, with no job.
    func wake() {
        condition.lock()
        isAwake = true
        condition.signal()
        condition.unlock()
    }

    func next() -> UnownedJob? {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty && !isAwake { condition.wait() }
        isAwake = false
        return jobs.isEmpty ? nil : jobs.removeFirst()
    }
}

/// What a task came to.
private final class Outcome<T: Sendable>: Sendable {
    private let lock = NSLock()
    // The lock guards it.
    nonisolated(unsafe) private var result: Result<T, any Error>?

    func set(_ result: Result<T, any Error>) {
        lock.withLock { self.result = result }
    }

    func get() -> Result<T, any Error>? {
        lock.withLock { result }
    }
}
