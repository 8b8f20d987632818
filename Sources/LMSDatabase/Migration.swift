/// One step of a schema. Released steps never change; a change is a new step.
package struct Migration: Sendable {
    /// The schema's version after this step, counted from 1.
    package let version: Int
    /// The oldest schema version whose programs still work on the database after this step, so that
    /// old and new programs can run side by side during an upgrade.
    package let oldestProgram: Int
    /// What tables are called from this step on, by what they were called before.
    package let renamedTables: [String: String]
    /// What the step runs, in order.
    package let statements: @Sendable (Dialect) -> [SQL]
    /// What the step does after its statements, in the same transaction: what SQL alone cannot.
    package let work: @Sendable (any Connection) throws -> Void

    package init(
        version: Int, oldestProgram: Int, renamedTables: [String: String] = [:],
        statements: @escaping @Sendable (Dialect) -> [SQL],
        work: @escaping @Sendable (any Connection) throws -> Void = { _ in }
    ) {
        self.version = version
        self.oldestProgram = oldestProgram
        self.renamedTables = renamedTables
        self.statements = statements
        self.work = work
    }
}

/// A program's tables: who they belong to, and the steps that make them.
package struct Schema: Sendable {
    /// The number that SQLite keeps in the file's header to say whose file it is.
    package let applicationID: Int32
    package let migrations: [Migration]

    package init(applicationID: Int32, migrations: [Migration]) {
        self.applicationID = applicationID
        self.migrations = migrations
    }

    /// The version that this program's statements are written for.
    package var version: Int { migrations.last?.version ?? 0 }

    /// What a table of an older version is called now.
    func name(ofTable table: String, from version: Int) -> String {
        migrations.reduce(table) { name, step in step.version > version ? step.renamedTables[name] ?? name : name }
    }

    /// Runs the steps after `current`, and notes which programs may go on.
    func migrate(_ connection: any Connection, from current: Int) throws {
        if current == 0 {
            try connection.execute(
                """
                CREATE TABLE schema_version (
                    version \(connection.dialect.integer) NOT NULL,
                    oldest_program \(connection.dialect.integer) NOT NULL
                )\(connection.dialect.tableOptions)
                """)
            try connection.execute("INSERT INTO schema_version VALUES (0, 0)")
        }
        for migration in migrations where migration.version > current {
            for statement in migration.statements(connection.dialect) {
                try connection.execute(statement)
            }
            try migration.work(connection)
            try connection.execute(
                """
                UPDATE schema_version
                SET version = \(migration.version), oldest_program = \(migration.oldestProgram)
                """)
        }
    }

    /// Looks at the schema in a transaction that has begun: while this program runs, another one may bring it up to date.
    ///
    /// - Parameters:
    ///   - found: The version that the transaction sees.
    ///   - oldestProgram: The oldest version whose programs may work on it; asked for where it is another version than ours.
    /// - Throws: `DatabaseError` `schemaTooNew` or `schemaTooOld`.
    func requireKnown(_ found: Int, oldestProgram: () throws -> Int?) throws {
        if found == version { return }
        if found < version { throw DatabaseError(.schemaTooOld, "schema \(found), program \(version)") }
        guard let oldest = try oldestProgram(), oldest <= version else {
            throw DatabaseError(.schemaTooNew, "schema \(found), program \(version)")
        }
    }

    /// Whether this program may work on a database of a later version.
    func accepts(_ connection: any Connection) throws -> Bool {
        try Self.oldestProgram(of: connection).map { $0 <= version } ?? false
    }

    static func oldestProgram(of connection: any Connection) throws -> Int? {
        try connection.value("SELECT oldest_program FROM schema_version")
    }
}
