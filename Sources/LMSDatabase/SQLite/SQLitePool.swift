internal import Dispatch
internal import Synchronization

/// A database in one SQLite file for many tasks at once: readers beside the one writer, each on a
/// connection of its own. What a server needs.
package final class SQLitePool: Database {
    private let writer: SQLiteDatabase
    private let readers: IdleReaders
    private let patience: Double
    /// Writers wait here, not on the threads that everybody shares.
    private let queue = DispatchQueue(label: "lms.writer")
    private let waiting = Atomic<Int>(0)
    /// When it was looked for damage last, and what was found.
    private let lastLook = Mutex<(time: ContinuousClock.Instant, isDamaged: Bool)?>(nil)

    private init(writer: SQLiteDatabase, readers: [SQLiteDatabase], patience: Double) {
        self.writer = writer
        self.readers = IdleReaders(readers)
        self.patience = patience
    }

    /// Opens the database at `path`, and brings an older schema up to date.
    ///
    /// - Parameter readers: How many can read at once.
    /// - Throws: `DatabaseError`, as `SQLiteDatabase.open`.
    package static func open(
        path: String, schema: Schema, readers: Int, patience: Double = SQLiteDatabase.patience
    ) throws -> SQLitePool {
        // The file is looked at once, while nothing of ours has it open: a second look would drop SQLite's
        // locks.
        let file = try SQLiteDatabase.ours(path, schema)
        let access = file.access
        let writer = try SQLiteDatabase.connect(file, access: access, busyTimeout: patience, schema: schema)
        try writer.explaining { try writer.bringUpToDate(schema) }
        return SQLitePool(
            writer: writer,
            readers: try (0..<max(1, readers)).map { _ in
                // A reader waits only where the log is being mended, and others wait for its thread.
                try SQLiteDatabase.connect(
                    file, access: access, busyTimeout: min(patience, 1), schema: schema)
            }, patience: patience)
    }

    package func read<T: Sendable>(
        _ body: @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let reader = await readers.take()
        defer { readers.giveBack(reader) }
        let abandonment = Abandonment()
        return try await withTaskCancellationHandler {
            try reader.readNow(unless: abandonment, body)
        } onCancel: {
            abandonment.set()
        }
    }

    package func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let ahead = waiting.wrappingAdd(1, ordering: .relaxed).oldValue
        defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
        if mode == .unsynced(whenBusy: .fail), ahead > 0 { throw DatabaseError(.busy, "other writes wait") }
        let start = ContinuousClock.now
        let abandonment = Abandonment()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    continuation.resume(
                        with: Result { try self.writeNow(mode, since: start, unless: abandonment, body) })
                }
            }
        } onCancel: {
            abandonment.set()
        }
    }

    /// Looks at most once a minute: it takes as long as reading the file.
    package func isDamaged() async -> Bool {
        let now = ContinuousClock.now
        if let last = lastLook.withLock({ $0 }), now - last.time < .seconds(60) { return last.isDamaged }
        let reader = await readers.take()
        defer { readers.giveBack(reader) }
        let isDamaged = reader.isDamagedNow()
        lastLook.withLock { $0 = (now, isDamaged) }
        return isDamaged
    }

    /// The time in the queue counts as waiting for another writer.
    private func writeNow<T>(
        _ mode: WriteMode, since start: ContinuousClock.Instant, unless abandonment: Abandonment,
        _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        let waited = (ContinuousClock.now - start) / .seconds(1)
        // A whole second at least for one that comes up, so that a burst is worked off.
        guard waited < patience else { throw DatabaseError(.busy, "waited \(waited) s for other writes") }
        let remaining = waited < 1 ? patience : max(1, patience - waited)
        return try writer.writeNow(mode, waiting: remaining, unless: abandonment, body)
    }
}

/// The readers that nobody uses. Whoever finds none waits for the next.
private final class IdleReaders: Sendable {
    private struct State {
        var idle: [SQLiteDatabase]
        var waiting: [CheckedContinuation<SQLiteDatabase, Never>] = []
    }

    private let state: Mutex<State>

    init(_ readers: [SQLiteDatabase]) {
        state = Mutex(State(idle: readers))
    }

    func take() async -> SQLiteDatabase {
        if let reader = state.withLock({ $0.idle.popLast() }) { return reader }
        return await withCheckedContinuation { continuation in
            let reader = state.withLock { state -> SQLiteDatabase? in
                guard let reader = state.idle.popLast() else {
                    state.waiting.append(continuation)
                    return nil
                }
                return reader
            }
            if let reader { continuation.resume(returning: reader) }
        }
    }

    func giveBack(_ reader: SQLiteDatabase) {
        let next = state.withLock { state -> CheckedContinuation<SQLiteDatabase, Never>? in
            guard !state.waiting.isEmpty else {
                state.idle.append(reader)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume(returning: reader)
    }
}
