import Foundation
import LMSTestSupport
import Synchronization
import Testing

@testable import LMSDatabase

/// A pool's writes, of which the first one waits inside its transaction until the others are there.
struct HeldQueue: Sendable {
    /// Another connection to the file.
    let other: SQLiteDatabase
    private let folder: TemporaryFolder
    private let queue: SQLiteWriteQueue
    private let front: Task<Void, any Error>
    private let gate = Gate()
    private let answers = Answers()

    /// How many of the writes have been told what came of them.
    var told: Int { answers.count }

    fileprivate init(
        in folder: TemporaryFolder, schema: Schema, patience: Double, isSmall: Bool, front failure: (any Error)?
    ) throws {
        self.folder = folder
        other = try folder.makeDatabase(schema: schema)
        let database = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: schema)
        if isSmall { try database.limitSize() }
        queue = SQLiteWriteQueue(database, patience: patience)
        front = Self.add(.durable(.commit), to: queue, answers) { [gate] connection in
            gate.pass()
            if let failure { throw failure }
            try connection.execute("INSERT INTO parent (name) VALUES ('front')")
        }
        gate.awaitArrival()
    }

    /// Queues a write, behind all that were queued before.
    func add(
        _ mode: WriteMode = .durable(.commit), _ work: @escaping @Sendable (any Connection) throws -> Void
    ) -> Task<Void, any Error> {
        Self.add(mode, to: queue, answers, work)
    }

    /// Queues a write of names.
    func add(_ names: String..., throwing error: (any Error)? = nil) -> Task<Void, any Error> {
        add { connection in
            for name in names { try connection.execute("INSERT INTO parent (name) VALUES (\(name))") }
            if let error { throw error }
        }
    }

    private static func add(
        _ mode: WriteMode, to queue: SQLiteWriteQueue, _ answers: Answers,
        _ work: @escaping @Sendable (any Connection) throws -> Void
    ) -> Task<Void, any Error> {
        Task(executorPreference: inlineExecutor) {
            defer { answers.note() }
            try await queue.write(mode, work)
        }
    }

    /// Lets the first one go on, and waits for it.
    func open() async throws {
        gate.open()
        try await front.value
    }

    /// The file's log.
    var log: [UInt8] { get throws { try folder.bytes(of: "trial.db-wal") } }

    /// How many transactions have been committed to the file. Source: https://www.sqlite.org/fileformat2.html#walformat
    var commits: Int {
        get throws {
            // A header of 32 bytes, then pages of 4096 bytes with headers of 24. The last page of a transaction has the size
            // of the database there.
            let log = try log
            return stride(from: 32, to: log.count, by: 24 + 4096).count { log[($0 + 4)..<($0 + 8)] != [0, 0, 0, 0] }
        }
    }
}

/// Runs `body` with a queue of writes whose first one waits.
///
/// - Parameters:
///   - isSmall: Whether `SQL.tooLarge` finds no room.
///   - failure: What the first one throws when it goes on.
func withQueue(
    schema: Schema = .trial, patience: Double = 60, isSmall: Bool = false, front failure: (any Error)? = nil,
    _ body: (HeldQueue) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        try await body(HeldQueue(in: folder, schema: schema, patience: patience, isSmall: isSmall, front: failure))
    }
}

/// Has a task go on where it is woken: it is in the queue when `Task.init` returns, and whoever tells it has told it when the
/// call returns.
let inlineExecutor = JobExecutor { $0() }

/// How many tasks have been told.
private final class Answers: Sendable {
    private let number = Atomic<Int>(0)

    var count: Int { number.load(ordering: .relaxed) }

    func note() { number.wrappingAdd(1, ordering: .relaxed) }
}

/// Where one thread waits for another.
final class Gate: Sendable {
    private let arrived = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    /// Waits until it is open; then it stays so.
    func pass() {
        arrived.signal()
        opened.wait()
        opened.signal()
    }

    func awaitArrival() { arrived.wait() }

    func open() { opened.signal() }
}
