import Foundation
import LMSDatabase
import LMSTestSupport
import Testing

/// A backup.
@Suite struct SQLiteBackupTests {
    @Test func `it is a whole database, of its owner only`() async throws {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase()
            try await database.run("INSERT INTO parent (name) VALUES ('a'), ('b')")
            #expect(try database.backup(to: folder.path("copy.db")))
            #expect(try folder.mode(of: "copy.db") == 0o600)
            #expect(try folder.names.allSatisfy { !$0.contains(".new-") })
            let copy = try SQLiteDatabase.open(path: folder.path("copy.db"), schema: .trial)
            #expect(try await copy.names() == ["a", "b"])
            #expect(try copy.damage() == [])
        }
    }

    @Test func `a file that is there is not overwritten`() async throws {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase()
            for content in [[], Array("precious".utf8)] {
                try folder.write(content, to: "copy.db")
                #expect(try !database.backup(to: folder.path("copy.db")))
                #expect(try folder.bytes(of: "copy.db") == content)
            }
        }
    }

    @Test func `while others write, it holds one moment: no transaction by halves`() async throws {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase()
            let path = folder.path("trial.db")
            let writer = Task {
                let other = try SQLiteDatabase.open(path: path, schema: .trial)
                var number = 0
                while !Task.isCancelled {
                    number += 1
                    let name = "parent \(number)"
                    try await other.write { connection in
                        let id: Int? = try connection.value(
                            "INSERT INTO parent (name) VALUES (\(name)) RETURNING id")
                        try connection.execute("INSERT INTO child (parent_id) VALUES (\(id))")
                    }
                    await Task.yield()
                }
            }
            for number in 1...5 {
                let name = "copy \(number).db"
                #expect(try database.backup(to: folder.path(name)))
                let copy = try SQLiteDatabase.open(path: folder.path(name), schema: .trial)
                #expect(try copy.damage() == [])
                let halves = try await copy.count(
                    "SELECT count(*) FROM parent WHERE id NOT IN (SELECT parent_id FROM child)")
                #expect(halves == 0)
                await Task.yield()
            }
            writer.cancel()
            try await writer.value
        }
    }
}

/// A restore.
@Suite struct SQLiteRestoreTests {
    @Test func `a live connection sees the old rows, then the new ones, and goes on`() async throws {
        try await withTemporaryFolder { folder in
            let live = try folder.makeDatabase()
            try await live.run("INSERT INTO parent (name) VALUES ('a')")
            #expect(try live.backup(to: folder.path("copy.db")))
            try await live.run("INSERT INTO parent (name) VALUES ('b')")
            try await restore(in: folder)
            #expect(try await live.names() == ["a"])
            #expect(try live.damage() == [])
            try await live.run("INSERT INTO parent (name) VALUES ('c')")
            #expect(try await live.names() == ["a", "c"])
        }
    }

    @Test(arguments: [false, true])
    func `ids that were given out are not given out again`(backupHasGivenOutIDs: Bool) async throws {
        try await withTemporaryFolder { folder in
            let live = try folder.makeDatabase()
            if backupHasGivenOutIDs {
                try await live.run("INSERT INTO parent (id, name) VALUES (1, 'x')")
                try await live.run("DELETE FROM parent")
                try await live.run("UPDATE sqlite_sequence SET seq = 0")
            }
            #expect(try live.backup(to: folder.path("copy.db")))
            try await live.run("INSERT INTO parent (name) VALUES ('a'), ('b'), ('c')")
            try await restore(in: folder)
            #expect(try await live.names() == [])
            let id: Int? = try await live.write {
                try $0.value("INSERT INTO parent (name) VALUES ('d') RETURNING id")
            }
            #expect(id == 4)
        }
    }

    @Test func `ids are not given out again by a table that had another name`() async throws {
        try await withTemporaryFolder { folder in
            let live = try folder.makeDatabase()
            #expect(try live.backup(to: folder.path("copy.db")))
            try await live.run("INSERT INTO parent (name) VALUES ('a'), ('b')")
            let schema = Schema(
                applicationID: Schema.trial.applicationID,
                migrations: Schema.trial.migrations + [
                    Migration(version: 2, oldestProgram: 2, renamedTables: ["parent": "guardian"]) { _ in
                        ["ALTER TABLE parent RENAME TO guardian"]
                    }
                ])
            try await restore(in: folder, schema: schema)
            let restored = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: schema)
            let id: Int? = try await restored.write {
                try $0.value("INSERT INTO guardian (name) VALUES ('c') RETURNING id")
            }
            #expect(id == 3)
            #expect(try await restored.read { try $0.value("SELECT count(*) FROM sqlite_sequence") as Int? } == 1)
        }
    }

    @Test func `a backup that gave out more ids keeps its own sequence`() async throws {
        try await withTemporaryFolder { folder in
            let old = try folder.makeDatabase("copy.db")
            try await old.run("INSERT INTO parent (name) VALUES ('a'), ('b')")
            try await old.run("DELETE FROM parent WHERE name = 'b'")
            let live = try folder.makeDatabase()
            try await restore(in: folder)
            let id: Int? = try await live.write {
                try $0.value("INSERT INTO parent (name) VALUES ('c') RETURNING id")
            }
            #expect(id == 3)
        }
    }

    @Test func `what is to be cleaned is gone from the database, and still in the backup`() async throws {
        try await withTemporaryFolder { folder in
            let live = try folder.makeDatabase()
            try await live.run("INSERT INTO parent (name) VALUES ('keep'), ('drop')")
            #expect(try live.backup(to: folder.path("copy.db")))
            let before = try folder.bytes(of: "copy.db")
            try await restore(in: folder, cleaning: ["DELETE FROM parent WHERE name = 'drop'"])
            #expect(try await live.names() == ["keep"])
            #expect(try folder.bytes(of: "copy.db") == before)
            #expect(try folder.names.allSatisfy { !$0.contains(".new-") })
        }
    }

    @Test func `a dry run changes nothing`() async throws {
        try await withTemporaryFolder { folder in
            let live = try folder.makeDatabase()
            #expect(try live.backup(to: folder.path("copy.db")))
            try await live.run("INSERT INTO parent (name) VALUES ('a')")
            try await restore(in: folder, isDryRun: true)
            #expect(try await live.names() == ["a"])
            // Reading the backup may leave SQLite's empty log beside it, and nothing else stays.
            let files = try folder.names.filter { !$0.hasPrefix("copy.db-") }
            #expect(files == ["copy.db", "trial.db", "trial.db-shm", "trial.db-wal"])
        }
    }

    @Test func `where there is no database, one is made`() async throws {
        try await withTemporaryFolder { folder in
            let old = try folder.makeDatabase("copy.db")
            try await old.run("INSERT INTO parent (name) VALUES ('a')")
            try await restore(in: folder)
            let database = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial)
            #expect(try await database.names() == ["a"])
            #expect(try folder.mode(of: "trial.db") == 0o600)
        }
    }

    @Test(arguments: RefusedFileTests.Content.allCases)
    func `what is no backup of ours is refused: the database stays`(content: RefusedFileTests.Content) async throws {
        try await withTemporaryFolder { folder in
            let live = try folder.makeDatabase()
            try await live.run("INSERT INTO parent (name) VALUES ('a')")
            try await content.lay("copy.db", in: folder)
            await expectFailure(content.kind) { try await restore(in: folder) }
            #expect(try await live.names() == ["a"])
        }
    }

    @Test func `a damaged, newer or missing backup is refused: the database stays`() async throws {
        try await withTemporaryFolder { folder in
            let live = try folder.makeDatabase()
            try await live.run("INSERT INTO parent (name) VALUES ('a')")
            await expectFailure(.fileNotFound) { try await restore(in: folder) }

            _ = try folder.makeDatabase("copy.db", schema: .laterTrial(oldest: 2))
            await expectFailure(.schemaTooNew) { try await restore(in: folder) }

            #expect(try live.backup(to: folder.path("good.db")))
            var bytes = try folder.bytes(of: "good.db")
            for index in 4096..<bytes.count { bytes[index] = 0xff }
            try folder.write(bytes, to: "copy.db")
            await expectFailure(.damaged) { try await restore(in: folder) }
            #expect(try await live.names() == ["a"])
        }
    }

    @Test func `another program's file is not overwritten by a restore`() async throws {
        try await withTemporaryFolder { folder in
            _ = try folder.makeDatabase("copy.db")
            let content = Array("a letter to somebody".utf8)
            try folder.write(content, to: "trial.db")
            await expectFailure(.foreignDatabase) { try await restore(in: folder) }
            #expect(try folder.bytes(of: "trial.db") == content)
        }
    }

    private func restore(
        in folder: TemporaryFolder, schema: Schema = .trial, cleaning: [SQL] = [], isDryRun: Bool = false
    ) async throws {
        let restore = try await SQLiteDatabase.prepareRestore(
            from: folder.path("copy.db"), to: folder.path("trial.db"), schema: schema, cleaning: cleaning)
        if !isDryRun { try await restore.finish() }
    }
}
