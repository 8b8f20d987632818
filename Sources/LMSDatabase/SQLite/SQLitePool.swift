internal import Synchronization

/// A database in one SQLite file for many tasks at once, as a server needs it: readers beside the one writer, each on a
/// connection of its own.
///
/// A read runs on the thread that asks: a look-up takes some microseconds, and a change of threads takes longer. Writes wait for
/// the disk and for other processes, so they have a thread of their own, and one commit for all that wait (`SQLiteWriteQueue`).
package final class SQLitePool: Database {
    private let writes: SQLiteWriteQueue
    /// How many writes wait, or are being done.
    private let writing = Atomic<Int>(0)
    private let readers: TurnQueue<IdleReaders>
    /// When the file was last checked for damage, and what came of it.
    private let lastLook = Mutex<(time: ContinuousClock.Instant, isDamaged: Bool)?>(nil)

    private init(writer: SQLiteDatabase, readers: [SQLiteDatabase], patience: Double) {
        writes = SQLiteWriteQueue(writer, patience: patience)
        self.readers = TurnQueue(IdleReaders(idle: readers), patience: nil)
    }

    /// Opens the database at `path`, and brings an older schema up to date.
    ///
    /// - Parameter readers: How many can read at once.
    /// - Throws: `DatabaseError`, as `SQLiteDatabase.open`.
    package static func open(
        path: String, schema: Schema, readers: Int, patience: Double = SQLiteDatabase.patience
    ) throws -> SQLitePool {
        // The file is looked at once, while we have no connection to it: later, that would drop SQLite's locks.
        let file = try SQLiteDatabase.ours(path, schema)
        let access = file.access
        let writer = try SQLiteDatabase.connect(file, access: access, busyTimeout: patience, schema: schema)
        try writer.explaining {
            try writer.requireReadableSchema()
            try writer.bringUpToDate(schema)
        }
        return SQLitePool(
            writer: writer,
            readers: try (0..<max(1, readers)).map { _ in
                // A reader waits only while another process recovers the log, and blocks its thread meanwhile.
                try SQLiteDatabase.connect(
                    file, access: access, busyTimeout: min(patience, 1), schema: schema)
            }, patience: patience)
    }

    package func read<T: Sendable>(
        _ body: @Sendable (any Connection) throws -> T
    ) async throws -> T {
        guard let reader = await readers.turn(for: ()) else {
            throw DatabaseError(.busy, "all readers are taken")
        }
        defer { giveBack(reader) }
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try reader.readNow(unless: cancellation, body)
        } onCancel: {
            cancellation.set()
        }
    }

    package func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let ahead = writing.wrappingAdd(1, ordering: .relaxed).oldValue
        defer { writing.wrappingSubtract(1, ordering: .relaxed) }
        if mode == .unsynced(whenBusy: .fail), ahead > 0 { throw DatabaseError(.busy, "other writes wait") }
        return try await writes.write(mode, body)
    }

    /// Checks at most once a minute: it takes as long as reading the whole file.
    package func isDamaged() async -> Bool {
        let now = ContinuousClock.now
        if let last = lastLook.withLock({ $0 }), now - last.time < .seconds(60) { return last.isDamaged }
        guard let reader = await readers.turn(for: ()) else { return false }
        defer { giveBack(reader) }
        // Others who ask meanwhile do not check the file beside this one.
        lastLook.withLock { $0 = (now, false) }
        let isDamaged = reader.isDamagedNow()
        lastLook.withLock { $0 = (now, isDamaged) }
        return isDamaged
    }

    private func giveBack(_ reader: SQLiteDatabase) {
        readers.update { $0.idle.append(reader) }
    }
}

/// The readers that nobody uses.
private struct IdleReaders: TurnRule {
    var idle: [SQLiteDatabase]

    mutating func turn(for want: Void) -> SQLiteDatabase? { idle.popLast() }
}
