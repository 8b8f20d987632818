/// Runs a task's jobs where it is told to: on a queue, on an event loop, on a thread that waits for them.
package final class JobExecutor: TaskExecutor {
    package typealias Job = @Sendable () -> Void

    private let run: @Sendable (@escaping Job) -> Void

    /// - Parameter run: Has a job run soon, and does not wait for it.
    package init(_ run: @escaping @Sendable (@escaping Job) -> Void) {
        self.run = run
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        run { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
