internal import Dispatch
internal import Synchronization

/// The writes to one SQLite file, which come from many tasks, and the thread that does them.
///
/// A commit waits for the disk, which takes longer than what is committed. So writes that wait are done in one transaction, which
/// waits once for all of them. To each of them it is as if it had a transaction of its own:
///
/// - They are done in the order in which they came, each but the first in a savepoint. Each sees what those before it did; where
///   one fails, what it did is taken back, and no more.
/// - Nobody is told anything before the commit, no refusal either: it may be due to what others in the batch did. Only where the
///   first one fails, nothing was done before it, and its batch ends with it.
/// - Where SQLite takes the whole transaction back (a full disk, a statement that is interrupted, a commit that fails), all of
///   the batch are done again, each alone. What then happens to each is its own, and whoever was the cause is told so. To tell
///   all of them of the failure would make fail what does not by itself: the disk may be full because of the last one alone.
/// - Dry runs, bulk writes and unsynced writes go alone.
/// - A batch has a bound, in number and in time. So the first one does not wait for long behind its own end, and other
///   processes get the lock in between.
final class SQLiteWriteQueue: Sendable {
    private struct State {
        var waiting: [QueuedWrite] = []
        /// Whether the thread looks for the next one by itself.
        var isAtWork = false
    }

    /// How many writes a batch has at most. Beyond it, what one sync costs is hardly less for each.
    static let batchLimit = 64
    /// For how long a batch takes in another write.
    static let batchDuration = Duration.milliseconds(10)

    private let database: SQLiteDatabase
    private let patience: Double
    /// Not one of the threads that everybody shares: it waits for the disk, and for other processes.
    private let thread = DispatchQueue(label: "lms.writer")
    private let state = Mutex(State())

    /// - Parameter patience: How long a write waits for others, in this queue and in other processes, in seconds.
    init(_ database: SQLiteDatabase, patience: Double) {
        self.database = database
        self.patience = patience
    }

    /// Does a write once those before it are done, as `Database.write`.
    func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(
                    QueuedWrite(mode, unless: cancellation, fail: { continuation.resume(throwing: $0) }) { connection in
                        let result = try body(connection)
                        return { continuation.resume(returning: result) }
                    })
            }
        } onCancel: {
            cancellation.set()
        }
    }

    private func add(_ write: QueuedWrite) {
        let isFirst = state.withLock { state in
            state.waiting.append(write)
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        if isFirst { thread.async { while let next = self.next() { self.perform(next) } } }
    }

    private func next() -> QueuedWrite? {
        state.withLock { state in
            state.isAtWork = !state.waiting.isEmpty
            return state.isAtWork ? state.waiting.removeFirst() : nil
        }
    }

    /// The next one, if it may be in another's transaction.
    private func nextToJoin() -> QueuedWrite? {
        state.withLock { state in
            guard let first = state.waiting.first, !first.goesAlone else { return nil }
            return state.waiting.removeFirst()
        }
    }

    /// Does a write, and with it those that wait behind it.
    private func perform(_ first: QueuedWrite) {
        var batch = [first]
        var answers: [QueuedWrite.Answer] = []
        do {
            let remaining = try first.remaining(of: patience)
            try database.writeNow(first.mode, waiting: remaining, unless: first.cancellation) { connection in
                answers.append(try first.work(connection))
                // Alone, it would fail with its commit.
                if first.goesAlone || connection.hasOpenReferences { return }
                let end = ContinuousClock.now + Self.batchDuration
                while batch.count < Self.batchLimit, ContinuousClock.now < end {
                    guard let next = nextToJoin() else { return }
                    batch.append(next)
                    answers.append(try answer(to: next, on: connection))
                }
            }
        } catch {
            guard batch.count > 1 else { return first.fail(error) }
            return state.withLock { $0.waiting.insert(contentsOf: batch.map(\.alone), at: 0) }
        }
        for answer in answers { answer() }
    }

    /// Does a write in a transaction that others have begun.
    ///
    /// - Throws: Where the transaction cannot go on.
    private func answer(to write: QueuedWrite, on connection: SQLiteConnection) throws -> QueuedWrite.Answer {
        do {
            _ = try write.remaining(of: patience)
            try write.cancellation.throwIfSet()
        } catch {
            return { write.fail(error) }
        }
        switch try connection.savepoint(unless: write.cancellation, write.work) {
        case .success(let answer): return answer
        case .failure(let error): return { write.fail(error) }
        }
    }
}
