#if PostgreSQL
    internal import Dispatch
    internal import Synchronization

    /// The connections to one database: so many at most, made when they are needed, handed out in turn.
    final class PostgreSQLPool: Sendable {
        private struct Waiter {
            let number: Int
            let continuation: CheckedContinuation<Bool, Never>
        }

        private struct State {
            var idle: [PostgreSQLConnection] = []
            var free: Int
            var next = 0
            var waiters: [Waiter] = []
        }

        private let url: String
        private let name: String?
        /// What a new connection must pass.
        private let check: @Sendable (PostgreSQLConnection) throws -> Void
        private let patience: Double
        private let state: Mutex<State>
        /// libpq's calls wait for the server, so they have threads of their own.
        private let executor = PostgreSQLThreads()

        /// - Parameter name: What errors call the database.
        init(
            url: String, name: String? = nil, connections: Int, patience: Double,
            check: @escaping @Sendable (PostgreSQLConnection) throws -> Void = { _ in }
        ) {
            self.url = url
            self.name = name
            self.check = check
            self.patience = patience
            state = Mutex(State(free: max(1, connections)))
        }

        /// Runs `work` on a connection.
        ///
        /// - Throws: `DatabaseError` `busy` where none is free in time, or what `work` throws.
        func run<T: Sendable>(_ work: (PostgreSQLConnection) throws -> T) async throws -> T {
            guard await enter() else { throw DatabaseError(.busy, "all connections are taken") }
            defer { leave() }
            return try await withTaskExecutorPreference(executor) {
                let connection = try take()
                defer { giveBack(connection) }
                return try work(connection)
            }
        }

        private func take() throws -> PostgreSQLConnection {
            if let connection = state.withLock({ $0.idle.popLast() }) { return connection }
            do {
                let connection = try PostgreSQLConnection(url: url)
                try check(connection)
                return connection
            } catch let error as DatabaseError {
                throw DatabaseError(error.kind, error.detail, file: name)
            }
        }

        /// A connection that is lost, or in the middle of something, is closed.
        private func giveBack(_ connection: PostgreSQLConnection) {
            guard connection.isUsable else { return }
            state.withLock { $0.idle.append(connection) }
        }

        /// Closes the connections that nobody uses: after one was lost, the others are lost too.
        func closeIdle() {
            state.withLock { $0.idle = [] }
        }

        // MARK: - Turns

        private func enter() async -> Bool {
            await withCheckedContinuation { continuation in
                let number = state.withLock { state -> Int? in
                    guard state.free == 0 else {
                        state.free -= 1
                        return nil
                    }
                    state.next += 1
                    state.waiters.append(Waiter(number: state.next, continuation: continuation))
                    return state.next
                }
                guard let number else { return continuation.resume(returning: true) }
                executor.queue.asyncAfter(deadline: .now() + patience) { self.giveUp(number) }
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
                guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
                state.free += 1
                return nil
            }
            waiter?.continuation.resume(returning: true)
        }
    }

    /// Threads that may wait; as many as there are connections at work.
    private final class PostgreSQLThreads: TaskExecutor {
        let queue = DispatchQueue(label: "lms.postgresql", attributes: .concurrent)

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }
#endif
