internal import Dispatch
internal import LMSDatabase
internal import Synchronization

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
            outcome.result.withLock { $0 = result }
            // Nothing to do, but the thread looks for the outcome.
            jobs.append {}
        }
        while true {
            if let result = outcome.result.withLock({ $0 }) { return try result.get() }
            jobs.next()()
        }
    }
}

/// Jobs that wait for the thread.
private final class JobQueue: Sendable {
    private let jobs = Mutex<[JobExecutor.Job]>([])
    /// How many they are.
    private let count = DispatchSemaphore(value: 0)

    func append(_ job: @escaping JobExecutor.Job) {
        jobs.withLock { $0.append(job) }
        count.signal()
    }

    /// The next job, once there is one.
    func next() -> JobExecutor.Job {
        count.wait()
        return jobs.withLock { $0.removeFirst() }
    }
}

/// What a task came to.
private final class Outcome<T: Sendable>: Sendable {
    let result = Mutex<Result<T, any Error>?>(nil)
}
