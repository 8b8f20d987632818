import LMSDatabase
import LMSTestSupport
import Testing

/// An engine that the conformance suites run on.
struct Engine: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Hands a database with `Schema.trial` over.
    let run: @Sendable (_ body: (any Database) async throws -> Void) async throws -> Void

    /// One line an engine.
    static let all: [Engine] = embedded + served

    private static let embedded: [Engine] = [
        Engine(testDescription: "SQLite in memory") { try await $0(SQLiteDatabase.inMemory(schema: .trial)) },
        Engine(testDescription: "SQLite in a file") { try await withTrialFile($0) },
        Engine(testDescription: "SQLite in a file, for many") { try await withTrialPool($0) },
    ]

    #if PostgreSQL
        /// Where there is a cluster to run it on.
        private static let served: [Engine] =
            PostgreSQLTrial.cluster == nil
            ? []
            : [
                Engine(testDescription: "PostgreSQL") { try await $0(PostgreSQLTrial.make(schema: .trial)) }
            ]
    #else
        private static let served: [Engine] = []
    #endif
}

private func withTrialFile(_ body: (any Database) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        try await body(folder.makeDatabase())
    }
}

private func withTrialPool(_ body: (any Database) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        _ = try folder.makeDatabase()
        try await body(SQLitePool.open(path: folder.path("trial.db"), schema: .trial, readers: 2))
    }
}

extension TemporaryFolder {
    /// Makes and opens a database of the trial schema.
    func makeDatabase(_ name: String = "trial.db", schema: Schema = .trial) throws -> SQLiteDatabase {
        #expect(try SQLiteDatabase.create(path: path(name), schema: schema))
        return try SQLiteDatabase.open(path: path(name), schema: schema)
    }
}

extension Schema {
    /// Tables that know nothing of courses.
    static let trial = Schema(
        applicationID: 0x7472_6931,
        migrations: [Migration(version: 1, oldestProgram: 1, statements: trialTables)])

    /// The same tables after more steps; a program that knows only the first works on if `oldest` is 1.
    static func laterTrial(oldest: Int) -> Schema {
        Schema(
            applicationID: trial.applicationID,
            migrations: trial.migrations + [
                Migration(version: 2, oldestProgram: oldest) { dialect in
                    ["CREATE TABLE later (id \(dialect.identity))\(dialect.tableOptions)"]
                }
            ])
    }

    @Sendable
    static func trialTables(_ dialect: Dialect) -> [SQL] {
        [
            """
            CREATE TABLE parent (
                id \(dialect.identity),
                name \(dialect.text) NOT NULL UNIQUE,
                amount \(dialect.integer) CHECK (amount <> 13),
                bytes \(dialect.blob)
            )\(dialect.tableOptions)
            """,
            """
            CREATE TABLE child (
                id \(dialect.identity),
                parent_id \(dialect.integer) NOT NULL REFERENCES parent (id)
            )\(dialect.tableOptions)
            """,
        ]
    }
}

extension Database {
    @discardableResult
    func run(_ sql: SQL) async throws -> Int {
        try await write { try $0.execute(sql) }
    }

    func names() async throws -> [String] {
        try await read { try $0.rows("SELECT name FROM parent ORDER BY id").map { try $0["name"] } }
    }

    func count(_ sql: SQL) async throws -> Int {
        try await read { try $0.value(sql) ?? 0 }
    }
}
