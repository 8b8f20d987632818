import Foundation
import LMSTestSupport
import Synchronization
import Testing

@testable import LMSDatabase

/// Writes that wait in a pool, and are committed together.
@Suite struct SQLiteWriteQueueTests {
    @Test func `writes that wait have one commit, in the order in which they came, and see what those before them did`()
        async throws
    {
        try await withQueue { queue in
            let writes = (1...10).map { _ in
                queue.add { connection in
                    let count: Int = try #require(try connection.value("SELECT count(*) FROM parent"))
                    try connection.execute("INSERT INTO parent (name) VALUES (\("behind \(count)"))")
                }
            }
            let before = try queue.commits
            try await queue.open()
            for write in writes { try await write.value }
            #expect(try queue.commits == before + 1)
            #expect(try await queue.other.names() == ["front"] + (1...10).map { "behind \($0)" })
        }
    }

    @Test func `where some fail, the others stand, and each is told its own`() async throws {
        try await withQueue { queue in
            let writes = [
                queue.add("a"), queue.add("b", "front"), queue.add("c"), queue.add("d", throwing: Missing(what: "d")),
                queue.add("e"),
            ]
            let before = try queue.commits
            try await queue.open()
            try await writes[0].value
            await expectFailure(.uniqueViolation) { try await writes[1].value }
            try await writes[2].value
            await #expect(throws: Missing.self) { try await writes[3].value }
            try await writes[4].value
            #expect(try queue.commits == before + 1)
            #expect(try await queue.other.names() == ["front", "a", "c", "e"])
        }
    }

    @Test func `nobody is told anything before the commit, no refusal either`() async throws {
        try await withQueue { queue in
            let writes = [queue.add("a"), queue.add("front")]
            let told = Mutex(-1)
            let last = queue.add { connection in
                try connection.execute("INSERT INTO parent (name) VALUES ('last')")
                told.withLock { $0 = queue.told }
            }
            try await queue.open()
            try await last.value
            try await writes[0].value
            await expectFailure(.uniqueViolation) { try await writes[1].value }
            #expect(told.withLock { $0 } == 0)
            #expect(queue.told == 4)
        }
    }

    @Test func `what fails first is told at once, and those behind it have a transaction of their own`() async throws {
        try await withQueue(front: Missing(what: "a front")) { queue in
            let writes = [queue.add("a"), queue.add("b")]
            await #expect(throws: Missing.self) { try await queue.open() }
            for write in writes { try await write.value }
            #expect(try await queue.other.names() == ["a", "b"])
        }
    }

    // MARK: - What takes back the whole transaction

    /// Statements at which SQLite takes back the whole transaction.
    static let ends: [(SQL, DatabaseError.Kind)] = [
        (.tooLarge, .diskFull), ("INSERT OR ROLLBACK INTO parent (name) VALUES ('front')", .uniqueViolation),
    ]

    @Test(arguments: ends)
    func `where SQLite takes everything back, all are done again, each alone`(statement: SQL, kind: DatabaseError.Kind) async throws
    {
        try await withQueue(isSmall: true) { queue in
            let runs = Runs()
            let write = { @Sendable (name: String, statement: SQL?) in
                queue.add { connection in
                    _ = runs.note(name)
                    try connection.execute("INSERT INTO parent (name) VALUES (\(name))")
                    if let statement { try connection.execute(statement) }
                }
            }
            let writes = [write("a", nil), write("b", statement), write("c", nil)]
            let before = try queue.commits
            try await queue.open()
            try await writes[0].value
            await expectFailure(kind) { try await writes[1].value }
            try await writes[2].value
            #expect(runs.names == ["a", "b", "a", "b", "c"])
            #expect(try await queue.other.names() == ["front", "a", "c"])
            #expect(try queue.commits == before + 3)
        }
    }

    @Test func `who goes on after everything was taken back is told of that, and does nothing more`() async throws {
        try await withQueue(isSmall: true) { queue in
            let write = queue.add { connection in
                _ = try? connection.execute(.tooLarge)
                _ = try? connection.execute("INSERT INTO parent (name) VALUES ('a')")
            }
            let next = queue.add("b")
            try await queue.open()
            await expectFailure(.diskFull) { try await write.value }
            try await next.value
            #expect(try await queue.other.names() == ["front", "b"])
        }
    }

    @Test func `a write that is cancelled in the midst of a statement fails alone`() async throws {
        try await withQueue { queue in
            let before = queue.add("a")
            let hasBegun = DispatchSemaphore(value: 0)
            let endless = queue.add { connection in
                hasBegun.signal()
                try connection.execute(
                    """
                    WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number)
                    INSERT INTO parent (name) SELECT 'n' || i FROM number
                    """)
            }
            let behind = queue.add("b")
            Thread {
                hasBegun.wait()
                // More than a connection keeps in memory: the statement is at work.
                while (try? queue.log.count) ?? .max < 3_000_000 { usleep(1000) }
                endless.cancel()
            }.start()
            try await queue.open()
            try await before.value
            await expectFailure(.cancelled) { try await endless.value }
            try await behind.value
            #expect(try await queue.other.names() == ["front", "a", "b"])
        }
    }

    @Test(arguments: [1, 2])
    func `where the commit fails, all are done again, each alone`(failures: Int) async throws {
        // A database on a descriptor, which can be written or not.
        try await withTemporaryFolder { folder in
            _ = try SQLiteDatabase.begin(path: folder.path("unused.db"), schema: .trial)
            try folder.write([], to: "file")
            let writable = open(folder.path("file"), O_RDWR)
            let readable = open(folder.path("file"), O_RDONLY)
            let descriptor = dup(writable)
            defer { for descriptor in [writable, readable, descriptor] { close(descriptor) } }
            let database = try SQLiteDatabase("file:/x?vfs=lms-descriptor&fd=\(descriptor)", flags: 0x2 | 0x40)
            _ = try database.withConnection { try $0.row("PRAGMA journal_mode = MEMORY") != nil }
            try database.bringUpToDate(.trial, isNew: true)

            let gate = Gate()
            let runs = Runs()
            let queue = SQLiteWriteQueue(database, patience: 10)
            let write = { @Sendable (name: String, work: @escaping @Sendable (Int) -> Void) in
                Task(executorPreference: inlineExecutor) {
                    try await queue.write(.durable(.commit)) { connection in
                        try connection.execute("INSERT INTO parent (name) VALUES (\(name))")
                        work(runs.note(name))
                    }
                }
            }
            let writes = [
                write("a") { run in
                    if run == 1 { gate.pass() }
                    _ = dup2(writable, descriptor)
                },
                write("b") { run in if run <= failures { _ = dup2(readable, descriptor) } },
                write("c") { _ in },
            ]
            gate.open()
            try await writes[0].value
            if failures == 1 {
                try await writes[1].value
            } else {
                await expectFailure(.fileInaccessible) { try await writes[1].value }
            }
            // The last one found the descriptor as the one before it left it.
            if failures == 1 { try await writes[2].value } else { _ = try? await writes[2].value }
            #expect(runs.names == ["a", "b", "c", "a", "b", "c"])
            _ = dup2(writable, descriptor)
            #expect(try await database.names() == (failures == 1 ? ["a", "b", "c"] : ["a"]))
        }
    }

    @Test func `a reference that nobody resolves fails who made it, also where the next one would resolve it`() async throws {
        let schema = Schema(
            applicationID: Schema.trial.applicationID,
            migrations: Schema.trial.migrations + [
                Migration(version: 2, oldestProgram: 1) { _ in
                    ["CREATE TABLE late (parent_id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED) STRICT"]
                }
            ])
        try await withQueue(schema: schema) { queue in
            let writes = [
                queue.add("a"),
                queue.add { try $0.execute("INSERT INTO late VALUES (77)") },
                queue.add { try $0.execute("INSERT INTO parent (id, name) VALUES (77, 'b')") },
            ]
            try await queue.open()
            try await writes[0].value
            await expectFailure(.foreignKeyViolation) { try await writes[1].value }
            try await writes[2].value
            #expect(try await queue.other.count("SELECT count(*) FROM late") == 0)
            #expect(try await queue.other.names() == ["front", "a", "b"])
        }
    }

    // MARK: - Patience

    @Test func `each has its own patience, from when it came`() async throws {
        try await withQueue(patience: 1) { queue in
            let early = queue.add("early")
            try await Task.sleep(for: .milliseconds(1100))
            let late = queue.add("late")
            try await queue.open()
            await expectFailure(.busy) { try await early.value }
            try await late.value
            #expect(try await queue.other.names() == ["front", "late"])
        }
    }

    @Test func `a write that was cancelled while it waited is not begun`() async throws {
        try await withQueue { queue in
            let hasRun = Mutex(false)
            let cancelled = queue.add { _ in hasRun.withLock { $0 = true } }
            let next = queue.add("a")
            cancelled.cancel()
            let before = try queue.commits
            try await queue.open()
            await expectFailure(.cancelled) { try await cancelled.value }
            try await next.value
            #expect(!hasRun.withLock { $0 })
            #expect(try queue.commits == before + 1)
            #expect(try await queue.other.names() == ["front", "a"])
        }
    }

    @Test(arguments: [0, 1])
    func `a write that is cancelled before it is done is taken back, and those beside it stand`(ahead: Int) async throws {
        try await withQueue { queue in
            // Behind another one in a transaction, and as the first one of its own.
            let before = (0..<ahead).map { queue.add("ahead \($0)") }
            let hasBegun = DispatchSemaphore(value: 0)
            let isCancelled = DispatchSemaphore(value: 0)
            let cancelled = queue.add(ahead == 0 ? .durable(.commit, rows: .bulk) : .durable(.commit)) { connection in
                try connection.execute("INSERT INTO parent (name) VALUES ('cancelled')")
                hasBegun.signal()
                isCancelled.wait()
            }
            let behind = queue.add("behind")
            Thread {
                hasBegun.wait()
                cancelled.cancel()
                isCancelled.signal()
            }.start()
            try await queue.open()
            await expectFailure(.cancelled) { try await cancelled.value }
            for write in before + [behind] { try await write.value }
            #expect(try await queue.other.names() == ["front"] + (0..<ahead).map { "ahead \($0)" } + ["behind"])
        }
    }

    // MARK: - Who goes alone, and bounds

    @Test func `dry runs, bulk and unsynced writes go alone, in the order in which they came`() async throws {
        try await withQueue { queue in
            let modes: [WriteMode] = [
                .durable(.commit), .durable(.dryRun), .durable(.commit), .durable(.commit, rows: .bulk), .durable(.commit),
                .unsynced(), .durable(.commit), .durable(.commit),
            ]
            let seen = Mutex<[[Int]]>([])
            let writes = modes.map { mode in
                queue.add(mode) { connection in
                    let count: Int = try #require(try connection.value("SELECT count(*) FROM parent"))
                    let level: Int = try #require(try connection.value("PRAGMA synchronous"))
                    let cache: Int = try #require(try connection.value("PRAGMA cache_size"))
                    seen.withLock { $0.append([count, level, cache]) }
                    try connection.execute("INSERT INTO parent (name) VALUES (\("behind \(count)"))")
                }
            }
            let before = try queue.commits
            try await queue.open()
            for write in writes { try await write.value }
            #expect(
                seen.withLock { $0 } == [
                    [1, 2, -2000], [2, 2, -2000], [2, 2, -2000], [3, 2, -16384], [4, 2, -2000], [5, 1, -2000], [6, 2, -2000],
                    [7, 2, -2000],
                ])
            // The front and the first; the third; the bulk; the fifth; the unsynced; the last two.
            #expect(try queue.commits == before + 6)
        }
    }

    @Test func `a batch has so many writes, and no more`() async throws {
        try await withQueue { queue in
            let writes = (1..<(2 * SQLiteWriteQueue.batchLimit + 1)).map { queue.add("\($0)") }
            let before = try queue.commits
            try await queue.open()
            for write in writes { try await write.value }
            // More, where the machine was so slow that a batch's time was over before.
            #expect(try queue.commits >= before + 3)
            #expect(try await queue.other.names().count == 2 * SQLiteWriteQueue.batchLimit + 1)
        }
    }

    @Test func `a batch takes in nobody more once its time is over`() async throws {
        try await withQueue { queue in
            let slow = queue.add { connection in
                try connection.execute("INSERT INTO parent (name) VALUES ('slow')")
                usleep(30_000)
            }
            let next = queue.add("next")
            let before = try queue.commits
            try await queue.open()
            try await slow.value
            try await next.value
            #expect(try queue.commits == before + 2)
        }
    }
}

/// Which writes were begun, in their order.
private final class Runs: Sendable {
    private let list = Mutex<[String]>([])

    var names: [String] { list.withLock { $0 } }

    /// - Returns: How often this one was begun.
    func note(_ name: String) -> Int {
        list.withLock { list in
            list.append(name)
            return list.count { $0 == name }
        }
    }
}
