import LMSTestSupport
import Testing

@testable import LMSDatabase

/// A SQLite file that many tasks share.
@Suite struct SQLitePoolTests {
    private func withPool(
        readers: Int = 2, patience: Double = 10,
        _ body: (SQLitePool, SQLiteDatabase) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let other = try folder.makeDatabase()
            let pool = try SQLitePool.open(
                path: folder.path("trial.db"), schema: .trial, readers: readers, patience: patience)
            try await body(pool, other)
        }
    }

    @Test func `readers go on while a writer is busy, and do not see what it has not committed`() async throws {
        try await withPool { pool, other in
            try await pool.run("INSERT INTO parent (name) VALUES ('a')")
            let lock = HeldLock(on: other)
            defer { lock.release() }
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<20 { group.addTask { try await pool.names() } }
                for try await names in group { #expect(names == ["a"]) }
            }
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }

    @Test func `20 writers at once all get their turn`() async throws {
        try await withPool { pool, other in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<20 {
                    group.addTask {
                        for number in 0..<5 {
                            try await pool.run("INSERT INTO parent (name) VALUES (\("\(writer) \(number)"))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await pool.count("SELECT count(*) FROM parent") == 100)
            #expect(try await other.count("SELECT count(DISTINCT name) FROM parent") == 100)
        }
    }

    @Test func `a write that does not wait fails at once where somebody else writes, in this pool or elsewhere`() async throws {
        // Whoever waited would wait for longer than the whole test may take.
        try await withPool(patience: 120) { pool, other in
            let lock = HeldLock(on: other)
            let start = ContinuousClock.now
            await expectFailure(.busy) {
                try await pool.write(.unsynced(whenBusy: .fail)) {
                    try $0.execute("INSERT INTO parent (name) VALUES ('a')")
                }
            }
            let waiting = Task { try await pool.run("INSERT INTO parent (name) VALUES ('b')") }
            try await Task.sleep(for: .milliseconds(100))
            await expectFailure(.busy) {
                try await pool.write(.unsynced(whenBusy: .fail)) {
                    try $0.execute("INSERT INTO parent (name) VALUES ('a')")
                }
            }
            #expect(ContinuousClock.now - start < .seconds(60))
            lock.release()
            _ = try await waiting.value
            #expect(try await pool.names() == ["b"])
        }
    }

    @Test func `a writer that waits for another one gives up after its patience`() async throws {
        try await withPool(patience: 0.2) { pool, other in
            let lock = HeldLock(on: other)
            let start = ContinuousClock.now
            await expectFailure(.busy) { try await pool.run("INSERT INTO parent (name) VALUES ('a')") }
            #expect(ContinuousClock.now - start < .seconds(30))
            lock.release()
            try await pool.run("INSERT INTO parent (name) VALUES ('b')")
            #expect(try await pool.names() == ["b"])
        }
    }

    @Test func `whoever has written reads it at once`() async throws {
        try await withPool(readers: 4) { pool, _ in
            for number in 1...50 {
                try await pool.run("INSERT INTO parent (name) VALUES (\("\(number)"))")
                #expect(try await pool.count("SELECT count(*) FROM parent") == number)
            }
        }
    }
}
