import LMSDatabase
import LMSTestSupport
import Testing

/// Transactions on every engine.
@Suite struct TransactionTests {
    /// All that commit.
    static let modes: [WriteMode] = [
        .durable(.commit), .durable(.commit, rows: .bulk), .unsynced(), .unsynced(whenBusy: .fail),
    ]

    @Test(arguments: Engine.all, modes)
    func `what a write throws takes everything back`(engine: Engine, mode: WriteMode) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name) VALUES ('kept')")
            await #expect(throws: Missing.self) {
                try await database.write(mode) { connection in
                    try connection.execute("INSERT INTO parent (name) VALUES ('lost')")
                    throw Missing(what: "a reason to stay")
                }
            }
            #expect(try await database.names() == ["kept"])
            // The connection is not left inside a transaction.
            try await database.run("INSERT INTO parent (name) VALUES ('next')")
            #expect(try await database.names() == ["kept", "next"])
        }
    }

    @Test(arguments: Engine.all)
    func `a statement that fails takes the whole write back`(engine: Engine) async throws {
        try await engine.run { database in
            await expectFailure(.uniqueViolation) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO parent (name) VALUES ('a')")
                    try connection.execute("INSERT INTO parent (name) VALUES ('a')")
                }
            }
            let names = try await database.names()
            #expect(names == [])
        }
    }

    @Test(
        arguments: Engine.all,
        [WriteMode.Rows.few, .bulk])
    func `a dry run answers as the act would, and leaves nothing`(engine: Engine, rows: WriteMode.Rows) async throws {
        try await engine.run { database in
            let seen: Int? = try await database.write(.durable(.dryRun, rows: rows)) { connection in
                try connection.execute("INSERT INTO parent (name) VALUES ('a'), ('b')")
                return try connection.value("SELECT count(*) FROM parent")
            }
            #expect(seen == 2)
            #expect(try await database.names() == [])
            await expectFailure(.uniqueViolation) {
                try await database.write(.durable(.dryRun, rows: rows)) {
                    try $0.execute("INSERT INTO parent (name) VALUES ('a'), ('a')")
                }
            }
        }
    }

    @Test(
        arguments: Engine.all,
        modes)
    func `a write that commits keeps what was written`(engine: Engine, mode: WriteMode) async throws {
        try await engine.run { database in
            _ = try await database.write(mode) { try $0.execute("INSERT INTO parent (name) VALUES ('a')") }
            #expect(try await database.names() == ["a"])
        }
    }

    @Test(arguments: Engine.all)
    func `the id of a deleted row is not given out again`(engine: Engine) async throws {
        try await engine.run { database in
            var ids: [Int] = []
            for name in ["a", "b", "c"] {
                let id: Int? = try await database.write {
                    try $0.value("INSERT INTO parent (name) VALUES (\(name)) RETURNING id")
                }
                ids.append(try #require(id))
                try await database.run("DELETE FROM parent")
            }
            #expect(ids == [1, 2, 3])
        }
    }

    @Test(arguments: Engine.all)
    func `many tasks may write at once`(engine: Engine) async throws {
        try await engine.run { database in
            try await database.run("INSERT INTO parent (name, amount) VALUES ('a', 100)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await database.write { connection in
                            let amount: Int? = try connection.value("SELECT amount FROM parent")
                            let more = (amount ?? 0) + 1
                            try connection.execute("UPDATE parent SET amount = \(more)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.count("SELECT amount FROM parent") == 150)
        }
    }
}
