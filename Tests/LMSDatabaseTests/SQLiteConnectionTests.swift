import LMSTestSupport
import Testing

@testable import LMSDatabase

/// What a connection to SQLite makes sure of.
@Suite struct SQLiteConnectionTests {
    @Test func `after SQLite has rolled back by itself, nothing more of the transaction is done`() async throws {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase()
            try database.limitSize()
            await expectFailure(.diskFull) {
                try await database.write { connection in
                    let statement = try connection.prepare("INSERT INTO parent (name) VALUES ($1)")
                    try connection.execute("INSERT INTO parent (name) VALUES ('before')")
                    expectFailureNow(.diskFull) { try connection.execute(.tooLarge) }
                    expectFailureNow(.diskFull) {
                        try connection.execute("INSERT INTO parent (name) VALUES ('after')")
                    }
                    statement.bind("after that", at: 1)
                    expectFailureNow(.diskFull) { try statement.run() }
                }
            }
            #expect(try await database.names() == [])
            try await database.run("INSERT INTO parent (name) VALUES ('next')")
            #expect(try await database.names() == ["next"])
        }
    }

    @Test func `a name in double quotes is a column, never a text`() async throws {
        let database = try SQLiteDatabase.inMemory(schema: .trial)
        await expectFailure(.damaged) { try await database.count("SELECT count(*) FROM parent WHERE \"nobody\" = 'a'") }
        await expectFailure(.damaged) {
            try await database.run("CREATE TABLE x (name TEXT CHECK (name <> \"nobody\")) STRICT")
        }
    }

    @Test(arguments: ["", " ", "DELETE FROM child; DELETE FROM parent", "DELETE FROM parent; SELEKT"] as [SQL])
    func `a text that is not one statement is refused, and none of it is done`(text: SQL) async throws {
        let database = try SQLiteDatabase.inMemory(schema: .trial)
        try await database.run("INSERT INTO parent (name) VALUES ('a')")
        await expectFailure(.internal) { try await database.run(text) }
        #expect(try await database.names() == ["a"])
    }

    @Test func `a statement that was run before sees the columns that somebody else has added`() async throws {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase()
            let other = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial)
            try await database.run("INSERT INTO parent (name) VALUES ('a')")
            func note() async throws -> String? {
                try await database.read { try $0.row("SELECT * FROM parent")?["note"] }
            }
            await expectFailure(.damaged) { _ = try await note() }
            try await other.run("ALTER TABLE parent ADD COLUMN note TEXT DEFAULT 'new'")
            #expect(try await note() == "new")
        }
    }

    @Test func `statements of the same literals are told apart by their lists, and a bounded number is kept`() async throws {
        let database = try SQLiteDatabase.inMemory(schema: .trial)
        for name in ["a", "b", "c"] { try await database.run("INSERT INTO parent (name) VALUES (\(name))") }
        try await database.read { connection in
            for round in 0..<2 {
                for length in 1...400 {
                    let found: Int? = try connection.value(
                        "SELECT count(*) FROM parent WHERE id IN (\(list: (1...length).map { Int64($0) }))")
                    try #require(found == min(length, 3), "round \(round), \(length) values")
                }
            }
            let kept: Int = try #require(try connection.value("SELECT count(*) FROM sqlite_stmt"))
            #expect((1...257).contains(kept))
        }
    }

    @Test func `a write that is to be durable is, also behind one that is not`() async throws {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase()
            let modes: [(WriteMode, Int)] = [
                (.durable(.commit), 2), (.unsynced(), 1), (.unsynced(whenBusy: .fail), 1), (.durable(.commit), 2),
                (.unsynced(), 1), (.durable(.dryRun), 2),
            ]
            for (mode, expected) in modes {
                let level: Int? = try await database.write(mode) { try $0.value("PRAGMA synchronous") }
                #expect(level == expected, "\(mode)")
            }
        }
    }

    @Test func `a file that has vanished since it was looked at is not made anew`() async throws {
        try await withTemporaryFolder { folder in
            await expectFailure(.fileInaccessible) {
                try SQLiteDatabase.connect(SQLiteFile(path: folder.path("gone.db")), access: .readWrite)
                    .currentVersion()
            }
            let names = try folder.names
            #expect(names == [])
        }
    }

    @Test(arguments: ["a?b=c&d.db", "a#b.db", "50%41.db", "größe läuft.db", "+ .db", "file:x.db"])
    func `a file of any name is opened by its own name, also where nobody writes`(name: String) async throws {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase(name)
            try await database.run("INSERT INTO parent (name) VALUES ('a')")
            #expect(try database.backup(to: folder.path("copy-" + name)))
            let names = try folder.names
            #expect(names.contains(name))
            let file = SQLiteFile(path: "/" + folder.path("copy-" + name))
            let copy = try SQLiteDatabase.connect(file, access: .immutable)
            #expect(try await copy.names() == ["a"])
            #expect(try folder.names == names)
        }
    }

    @Test func `a database that was closed says so`() async throws {
        let database = try SQLiteDatabase.inMemory(schema: .trial)
        database.close()
        await expectFailure(.internal) { try await database.names() }
    }
}

/// `expectFailure`, inside a transaction.
func expectFailureNow(
    _ kind: DatabaseError.Kind, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> some Any
) {
    let error = #expect(throws: DatabaseError.self, sourceLocation: sourceLocation) { _ = try body() }
    #expect(error?.kind == kind, sourceLocation: sourceLocation)
}

extension SQLiteDatabase {
    /// Leaves no room for `SQL.tooLarge`, as a full disk would.
    func limitSize() throws {
        let limit: Int? = try withConnection { connection in
            let pages: Int = try #require(try connection.value("PRAGMA page_count"))
            #expect(pages < 40)
            return try connection.value("PRAGMA max_page_count = 40")
        }
        #expect(limit == 40)
    }
}

extension SQL {
    /// A write of more than 40 pages.
    static let tooLarge: SQL = "INSERT INTO parent (name, bytes) VALUES ('large', zeroblob(400000))"
}
