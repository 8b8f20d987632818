import LMSDatabase
import LMSTestSupport
import Testing

/// A schema that grows.
@Suite struct MigrationTests {
    @Test func `a new database has every step, and says its version`() async throws {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase(schema: .laterTrial(oldest: 2))
            #expect(try await database.count("SELECT count(*) FROM later") == 0)
            #expect(try await versions(database) == [2, 2, 2])
        }
    }

    @Test func `an older database gets the missing steps, its rows stay`() async throws {
        try await withTemporaryFolder { folder in
            let old = try folder.makeDatabase()
            try await old.run("INSERT INTO parent (name) VALUES ('a')")
            #expect(try await versions(old) == [1, 1, 1])
            let database = try SQLiteDatabase.open(
                path: folder.path("trial.db"), schema: .laterTrial(oldest: 1))
            #expect(try await versions(database) == [2, 1, 2])
            #expect(try await database.names() == ["a"])
            // The older program that has it open works on.
            try await old.run("INSERT INTO parent (name) VALUES ('b')")
            #expect(try await database.names() == ["a", "b"])
        }
    }

    @Test(arguments: [1, 2])
    func `a program that runs stops at a database that was brought up to date beyond it`(oldest: Int) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path("trial.db")
            let old = try folder.makeDatabase()
            let server = try SQLitePool.open(path: path, schema: .trial, readers: 1)
            for database in [old, server] as [any Database] {
                try await database.run("INSERT INTO parent (name) VALUES (\("before \(Int.random(in: 0 ... .max))"))")
            }
            _ = try SQLiteDatabase.open(path: path, schema: .laterTrial(oldest: oldest))
            for database in [old, server] as [any Database] {
                guard oldest > 1 else {
                    #expect(try await database.names().count == 2)
                    continue
                }
                await expectFailure(.schemaTooNew) { _ = try await database.names() }
                await expectFailure(.schemaTooNew) { try await database.run("INSERT INTO parent (name) VALUES ('after')") }
                await expectFailure(.schemaTooNew) {
                    try await database.write(.unsynced()) { _ = try $0.execute("DELETE FROM parent") }
                }
            }
            let database = try SQLiteDatabase.open(path: path, schema: .laterTrial(oldest: oldest))
            #expect(try await database.names().count == 2)
        }
    }

    @Test func `a newer database that still takes us opens, and is not changed`() async throws {
        try await withTemporaryFolder { folder in
            let newer = try folder.makeDatabase(schema: .laterTrial(oldest: 1))
            let database = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial)
            try await database.run("INSERT INTO parent (name) VALUES ('a')")
            #expect(try await newer.names() == ["a"])
            #expect(try await versions(newer) == [2, 1, 2])
        }
    }

    @Test func `a database that needs a newer program is refused and not touched`() async throws {
        try await withTemporaryFolder { folder in
            _ = try folder.makeDatabase(schema: .laterTrial(oldest: 2))
            let bytes = try folder.bytes(of: "trial.db")
            await expectFailure(.schemaTooNew) {
                try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial)
            }
            #expect(try folder.bytes(of: "trial.db") == bytes)
        }
    }

    @Test func `a step that fails half-way is taken back, with the steps before it`() async throws {
        try await withTemporaryFolder { folder in
            let old = try folder.makeDatabase()
            try await old.run("INSERT INTO parent (name) VALUES ('a')")
            let later = Schema.laterTrial(oldest: 2)
            let broken = Schema(
                applicationID: later.applicationID,
                migrations: later.migrations + [
                    Migration(version: 3, oldestProgram: 3) { _ in
                        ["DELETE FROM parent", "CREATE TABLE parent (id INTEGER)"]
                    }
                ])
            let path = folder.path("trial.db")
            await expectFailure(.internal) { try SQLiteDatabase.open(path: path, schema: broken) }
            #expect(try await versions(old) == [1, 1, 1])
            #expect(try await old.names() == ["a"])
            let tables = try await old.count("SELECT count(*) FROM sqlite_master WHERE name = 'later'")
            #expect(tables == 0)
            // The mended program resumes.
            let database = try SQLiteDatabase.open(path: path, schema: later)
            #expect(try await versions(database) == [2, 2, 2])
        }
    }

    @Test func `many tasks that open an older database bring it up to date once`() async throws {
        try await withTemporaryFolder { folder in
            _ = try folder.makeDatabase()
            let path = folder.path("trial.db")
            try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        try await versions(SQLiteDatabase.open(path: path, schema: .laterTrial(oldest: 1)))
                    }
                }
                for try await found in group { #expect(found == [2, 1, 2]) }
            }
        }
    }
}

/// The version, the oldest program, and the version in the file's header.
private func versions(_ database: SQLiteDatabase) async throws -> [Int] {
    try await database.read { connection in
        let row = try #require(try connection.row("SELECT version, oldest_program FROM schema_version"))
        let header: Int? = try connection.value("PRAGMA user_version")
        return [try row["version"], try row["oldest_program"], header ?? -1]
    }
}
