import LMSDatabase
import LMSTestSupport
import Testing

/// A look for damage.
@Suite struct SQLiteCheckTests {
    /// What somebody with `sqlite3` may have done, and what is told of it.
    static let changes: [(statement: SQL, problem: String?)] = [
        ("DROP TABLE child", "the table child is missing"),
        ("ALTER TABLE parent RENAME TO elders", "the table parent is missing"),
        ("ALTER TABLE parent RENAME COLUMN amount TO sum", "the table parent is not as lms makes it"),
        ("ALTER TABLE child ADD COLUMN note TEXT", "the table child is not as lms makes it"),
        ("DROP TABLE schema_version", "the table schema_version is missing"),
        (
            "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = 'parent'",
            "the ids of parent are used up"
        ),
        ("CREATE TABLE notes (text TEXT)", nil), ("CREATE VIEW names AS SELECT name FROM parent", nil),
        ("INSERT INTO parent (name) VALUES ('b')", nil),
    ]

    @Test(arguments: changes)
    func `tables, indexes and triggers are compared with those that the schema makes`(statement: SQL, problem: String?) async throws
    {
        try await withTemporaryFolder { folder in
            let database = try folder.makeDatabase()
            try await database.run("INSERT INTO parent (name) VALUES ('a')")
            #expect(try database.damage() == [])
            try await change(folder.path("trial.db"), statement)
            let problems = try SQLiteDatabase.open(path: folder.path("trial.db"), schema: .trial).damage()
            #expect(problem.map(problems.contains) ?? problems.isEmpty, "\(problems)")

            // A backup of it is none, and it is none for a restore.
            let isWhole = problem == nil
            if isWhole {
                #expect(try database.backup(to: folder.path("copy.db")))
            } else {
                await expectFailure(.damaged) { try database.backup(to: folder.path("copy.db")) }
                #expect(try folder.names.allSatisfy { !$0.hasPrefix("copy") })
                _ = try folder.makeDatabase("live.db")
                await expectFailure(.damaged) {
                    try await SQLiteDatabase.prepareRestore(
                        from: folder.path("trial.db"), to: folder.path("live.db"), schema: .trial,
                        cleaning: [])
                }
            }
        }
    }

    @Test(
        arguments: [
            (
                "CREATE TRIGGER deny BEFORE INSERT ON child BEGIN SELECT RAISE(ABORT, 'no'); END",
                "the trigger deny on child is not of lms"
            ), ("CREATE INDEX report ON child (parent_id)", "the index report on child is not of lms"),
        ] as [(SQL, String)])
    func `triggers and indexes of others are told, and stop no backup and no restore`(statement: SQL, told: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path("trial.db")
            _ = try folder.makeDatabase()
            try await change(path, statement)
            let database = try SQLiteDatabase.open(path: path, schema: .trial)
            #expect(try database.findings() == SQLiteFindings(additions: [told]))
            #expect(try database.backup(to: folder.path("copy.db")))
            _ = try folder.makeDatabase("live.db")
            try await SQLiteDatabase.prepareRestore(
                from: folder.path("copy.db"), to: folder.path("live.db"), schema: .trial, cleaning: []
            ).finish()
            let live = try SQLiteDatabase.open(path: folder.path("live.db"), schema: .trial)
            #expect(try live.findings().additions == [told])
        }
    }

    @Test func `a row that breaks a check of its table is told as a value, and the file is whole`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path("trial.db")
            _ = try folder.makeDatabase()
            let careless = try SQLiteDatabase.open(path: path, schema: .trial)
            try await careless.run("PRAGMA ignore_check_constraints = 1")
            try await careless.run("INSERT INTO parent (name, amount) VALUES ('a', 13)")
            let findings = try SQLiteDatabase.open(path: path, schema: .trial).findings()
            #expect(findings.damage == [])
            #expect(findings.values == ["a row of parent has a value that lms does not write"])
        }
    }

    @Test func `a database of a newer program is compared by its tables only`() async throws {
        try await withTemporaryFolder { folder in
            _ = try folder.makeDatabase(schema: .laterTrial(oldest: 1))
            let path = folder.path("trial.db")
            try await change(path, "ALTER TABLE child ADD COLUMN note TEXT")
            #expect(try SQLiteDatabase.open(path: path, schema: .trial).damage() == [])
            try await change(path, "DROP TABLE child")
            #expect(
                try SQLiteDatabase.open(path: path, schema: .trial).damage() == [
                    "the table child is missing"
                ])
        }
    }

    @Test func `a step that fails because of what somebody did to the tables is no mistake of ours`() async throws {
        try await withTemporaryFolder { folder in
            _ = try folder.makeDatabase()
            let path = folder.path("trial.db")
            try await change(path, "CREATE INDEX later ON child (parent_id)")
            await expectFailure(.damaged) {
                try SQLiteDatabase.open(path: path, schema: .laterTrial(oldest: 1))
            }
        }
    }

    /// Past all that a connection of ours keeps somebody from.
    private func change(_ path: String, _ statement: SQL) async throws {
        try await SQLiteDatabase.open(path: path, schema: .trial).run(statement)
    }
}
