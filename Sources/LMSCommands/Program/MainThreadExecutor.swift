internal import Foundation
internal import LMSDatabase

/// Runs a command's asynchronous work on the thread that waits for it, so that a local command starts no
/// other thread.
enum MainThreadExecutor {
    /// Runs `body` to its end and returns what it returns.
    static func run<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) throws -> T {
        let jobs = JobQueue()
        let outcome = Outcome<T>()
        Task(executorPreference: JobExecutor { jobs.append($0) }) {
            let result: Result<T, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            outcome.set(result)
            // Nothing to do, but the thread looks for the outcome.
            jobs.append {}
        }
        while true {
            if let result = outcome.get() { return try result.get() }
            jobs.next()()
        }
    }
}

/// Jobs that wait for the thread.
private final class JobQueue: Sendable {
    private let condition = NSCondition()
    // The condition guards it.
    nonisolated(unsafe) private var jobs: [JobExecutor.Job] = []

    func append(_ job: @escaping JobExecutor.Job) {
        condition.lock()
        jobs.append(job)
        condition.signal()
        condition.unlock()
    }

    /// The next job, once there is one.
    func next() -> JobExecutor.Job {
        condition.lock()
        defer { condition.unlock() }
        while jobs.isEmpty { condition.wait() }
        return jobs.removeFirst()
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
