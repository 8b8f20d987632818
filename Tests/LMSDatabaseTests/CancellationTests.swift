import Foundation
import LMSTestSupport
import Synchronization
import Testing

@testable import LMSDatabase

/// A transaction whose task is cancelled.
@Suite struct CancellationTests {
    private static let endless: SQL = """
        WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number)
        SELECT count(*) AS count FROM number
        """
    private static let embedded = Engine.all.filter { $0.testDescription.hasPrefix("SQLite") }

    /// Begins work, and cancels it once it has begun: from a thread of its own, since the work holds the one that it is
    /// on, and there may be no other for tasks.
    private func cancelled(
        _ work: @escaping @Sendable (_ hasBegun: @escaping @Sendable () -> Void) async throws -> Void
    ) async throws {
        let begun = Mutex<Task<Void, any Error>?>(nil)
        let isKnown = DispatchSemaphore(value: 0)
        let cancel: @Sendable () -> Void = {
            Thread {
                isKnown.wait()
                begun.withLock { $0?.cancel() }
            }.start()
        }
        let task = Task { try await work(cancel) }
        begun.withLock { $0 = task }
        isKnown.signal()
        try await task.value
    }

    @Test(arguments: embedded)
    func `ends in the midst of a statement`(engine: Engine) async throws {
        try await engine.run { database in
            await expectFailure(.cancelled) {
                try await cancelled { hasBegun in
                    _ = try await database.read { connection in
                        hasBegun()
                        return try connection.row(Self.endless)
                    }
                }
            }
            let names = try await database.names()
            #expect(names == [], "the connection is as good as before")
        }
    }

    @Test(arguments: embedded)
    func `is rolled back, and the next one is not touched`(engine: Engine) async throws {
        try await engine.run { database in
            await expectFailure(.cancelled) {
                try await cancelled { hasBegun in
                    _ = try await database.write { connection in
                        try connection.execute("INSERT INTO parent (name) VALUES ('a')")
                        hasBegun()
                        return try connection.row(Self.endless)
                    }
                }
            }
            try await database.run("INSERT INTO parent (name) VALUES ('b')")
            let names = try await database.names()
            #expect(names == ["b"])
        }
    }

    @Test(arguments: embedded)
    func `ends between many short statements`(engine: Engine) async throws {
        try await engine.run { database in
            await expectFailure(.cancelled) {
                try await cancelled { hasBegun in
                    try await database.write { connection in
                        let insert = try connection.prepare("INSERT INTO parent (name) VALUES ($1)")
                        var number = 0
                        while true {
                            insert.bind("n\(number)", at: 1)
                            try insert.run()
                            number += 1
                            if number == 10 { hasBegun() }
                        }
                    }
                }
            }
            let names = try await database.names()
            #expect(names == [])
        }
    }

    @Test(arguments: embedded)
    func `that only counts is carried out`(engine: Engine) async throws {
        try await engine.run { database in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await database.write(.unsynced()) {
                    try $0.execute("INSERT INTO parent (name) VALUES ('a')")
                }
            }
            try await task.value
            let names = try await database.names()
            #expect(names == ["a"])
        }
    }
}
