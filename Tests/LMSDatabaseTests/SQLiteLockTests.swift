import Foundation
import LMSTestSupport
import Testing

@testable import LMSDatabase

/// A SQLite file that several connections write.
@Suite struct SQLiteLockTests {
    @Test func `a writer that finds another one gives up after its patience`() async throws {
        try await withTemporaryFolder { folder in
            let holder = try folder.makeDatabase()
            let other = try SQLiteDatabase.open(
                path: folder.path("trial.db"), schema: .trial, busyTimeout: 0.2)
            let lock = HeldLock(on: holder)
            let start = ContinuousClock.now
            await expectFailure(.busy) { try await other.run("INSERT INTO parent (name) VALUES ('a')") }
            #expect(ContinuousClock.now - start >= .milliseconds(150))
            // Readers do not wait.
            #expect(try await other.names() == [])
            lock.release()
            try await other.run("INSERT INTO parent (name) VALUES ('a')")
            #expect(try await holder.names() == ["a"])
        }
    }

    @Test func `a write that does not wait gives up at once, and leaves the patience of the next writer as it was`() async throws {
        try await withTemporaryFolder { folder in
            let holder = try folder.makeDatabase()
            let other = try SQLiteDatabase.open(
                path: folder.path("trial.db"), schema: .trial, busyTimeout: 120)
            let lock = HeldLock(on: holder)
            let start = ContinuousClock.now
            await expectFailure(.busy) {
                try await other.write(.unsynced(whenBusy: .fail)) {
                    try $0.execute("INSERT INTO parent (name) VALUES ('a')")
                }
            }
            #expect(ContinuousClock.now - start < .seconds(60))
            lock.release()
            let patience: Int? = try await other.read { try $0.value("PRAGMA busy_timeout") }
            #expect(patience == 120_000)
        }
    }

    @Test func `writers with patience wait for each other: nothing is lost`() async throws {
        try await withTemporaryFolder { folder in
            _ = try folder.makeDatabase()
            let path = folder.path("trial.db")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        let database = try SQLiteDatabase.open(path: path, schema: .trial)
                        for number in 0..<10 {
                            try await database.run(
                                "INSERT INTO parent (name) VALUES (\("\(writer) \(number)"))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let names = try await SQLiteDatabase.open(path: path, schema: .trial).names()
            #expect(Set(names).count == 40)
        }
    }
}

/// The write lock of a database, held on a thread of its own until it is released.
final class HeldLock: Sendable {
    private let held = DispatchSemaphore(value: 0)
    private let wanted = DispatchSemaphore(value: 0)
    private let done = DispatchSemaphore(value: 0)

    init(on database: SQLiteDatabase) {
        Thread.detachNewThread { [held, wanted, done] in
            try? database.transaction("BEGIN IMMEDIATE", ending: "COMMIT") { _ in
                held.signal()
                wanted.wait()
            }
            done.signal()
        }
        held.wait()
    }

    func release() {
        wanted.signal()
        done.wait()
    }
}
