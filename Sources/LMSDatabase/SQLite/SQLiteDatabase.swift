internal import CSQLite
internal import Synchronization

/// A database in one SQLite file, on one connection: what a short-lived process needs. Tasks that use it at the same time wait
/// for each other.
package final class SQLiteDatabase: Database {
    /// How long a writer waits for another one, in seconds.
    package static let patience: Double = 10

    /// The page cache of a bulk write, in KiB. With SQLite's own 2 MiB, an import takes half as long again.
    private static let bulkPageCache = 16 << 10
    private static let usualPageCache = 2000

    /// `nil` once it is closed.
    private let connection: Mutex<SQLiteConnection?>
    private let busyTimeout: Double
    /// The tables that the file should have; `nil` where nobody checks them.
    let schema: Schema?

    /// - Parameters:
    ///   - path: Whatever SQLite takes for a file's name; a URI where the flags say so.
    ///   - flags: Of `sqlite3_open_v2`.
    /// - Throws: `DatabaseError`.
    init(
        _ path: String, flags: Int32 = SQLITE_OPEN_READWRITE, busyTimeout: Double = patience, schema: Schema? = nil
    ) throws {
        connection = Mutex(try SQLiteConnection(path, flags: flags, busyTimeout: busyTimeout))
        self.busyTimeout = busyTimeout
        self.schema = schema
    }

    /// Opens the database at `path`, and brings an older schema up to date.
    ///
    /// - Throws: `DatabaseError` of kind `fileNotFound`, `emptyFile`, `foreignDatabase`, `schemaTooNew`, `damaged`,
    ///   `fileInaccessible` or `busy`. A file that is refused is not touched.
    package static func open(
        path: String, schema: Schema, busyTimeout: Double = patience
    ) throws -> SQLiteDatabase {
        let file = try ours(path, schema)
        let database = try connect(file, access: file.access, busyTimeout: busyTimeout, schema: schema)
        try database.explaining {
            try database.requireReadableSchema()
            try database.bringUpToDate(schema)
        }
        try database.withConnection { $0.keepLogShort() }
        return database
    }

    /// Reads the file's own description of its tables: damage there is told as the file is opened, and not by each statement.
    func requireReadableSchema() throws {
        try withConnection {
            try $0.transaction("BEGIN", ending: "COMMIT") { _ = try $0.row("SELECT 1 FROM sqlite_schema LIMIT 1") }
        }
    }

    /// Whether the database at `path`, which is left as it is, has an older schema.
    ///
    /// - Throws: `DatabaseError`, as `open`.
    package static func needsMigration(path: String, schema: Schema) throws -> Bool {
        let file = try ours(path, schema)
        return try connect(file, access: file.access).isOlder(than: schema)
    }

    /// Makes a database at `path` that has tables and no rows.
    ///
    /// - Returns: Whether this call made it; `false` where there is one already.
    /// - Throws: `DatabaseError` of kind `foreignDatabase` or `emptyFile` where something else is at `path`.
    package static func create(path: String, schema: Schema) throws -> Bool {
        try begin(path: path, schema: schema)?.finish() ?? false
    }

    /// Begins to make a database, with its tables, that appears at `path` when it is finished.
    ///
    /// - Returns: `nil` where there is one already.
    /// - Throws: `DatabaseError`, as `create`.
    package static func begin(path: String, schema: Schema) throws -> NewDatabase? {
        guard try isFree(SQLiteFile(path: path), for: schema) else { return nil }
        let new = try NewDatabase(at: path)
        try new.database.withConnection { try $0.setApplicationID(schema.applicationID) }
        try new.database.bringUpToDate(schema, isNew: true)
        return new
    }

    /// Whether a database can get the name of a file; `false` where it is ours already.
    private static func isFree(_ file: SQLiteFile, for schema: Schema) throws -> Bool {
        var content = try file.content()
        // What has the name by now may be another process's new database, or else a link that leads nowhere.
        let isNamed = content == .missing && file.exists
        if isNamed { content = try file.content() }
        switch content {
        case .database(schema.applicationID): return false
        case .database, .foreign: throw DatabaseError(.foreignDatabase, file.path)
        // An empty file is refused and left alone: between looking and replacing it, another process may have given
        // its database this name.
        case .empty: throw DatabaseError(.emptyFile, file.path)
        case .missing:
            guard !isNamed else { throw DatabaseError(.foreignDatabase, file.path) }
            return true
        }
    }

    /// A database that lives as long as this value.
    package static func inMemory(schema: Schema) throws -> SQLiteDatabase {
        let database = try SQLiteDatabase(":memory:", schema: schema)
        try database.bringUpToDate(schema, isNew: true)
        return database
    }

    /// An empty database in a file without a name, as long as this value lives.
    /// Source: https://www.sqlite.org/inmemorydb.html#temp_db
    static func temporary() throws -> SQLiteDatabase { try SQLiteDatabase("") }

    package func read<T: Sendable>(
        _ body: @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try readNow(unless: cancellation, body)
        } onCancel: {
            cancellation.set()
        }
    }

    package func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try writeNow(mode, waiting: busyTimeout, unless: cancellation, body)
        } onCancel: {
            cancellation.set()
        }
    }

    /// Reads on the thread of the caller.
    func readNow<T: Sendable>(
        unless cancellation: CancellationFlag, _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        try withConnection(unless: cancellation) {
            try $0.transaction("BEGIN", ending: "COMMIT") { connection in
                try requireKnownSchema(connection)
                return try body(connection)
            }
        }
    }

    /// Writes on the thread of the caller, which waits so many seconds at most for another writer.
    func writeNow<T: Sendable>(
        _ mode: WriteMode, waiting seconds: Double, unless cancellation: CancellationFlag,
        _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        let patience = mode == .unsynced(whenBusy: .fail) ? 0 : seconds
        return try withConnection(unless: mode.isDurable ? cancellation : nil) { connection in
            try connection.syncCommits(mode.isDurable)
            if patience != busyTimeout { connection.wait(atMost: patience) }
            defer { if patience != busyTimeout { connection.wait(atMost: busyTimeout) } }
            if mode.isBulk { try connection.setPageCache(Self.bulkPageCache) }
            defer { if mode.isBulk { try? connection.setPageCache(Self.usualPageCache) } }
            let result = try connection.transaction(
                "BEGIN IMMEDIATE", ending: mode.isDryRun ? "ROLLBACK" : "COMMIT"
            ) { connection in
                try requireKnownSchema(connection)
                return try body(connection)
            }
            connection.shortenLog(thenWaitAtMost: busyTimeout)
            return result
        }
    }

    private func requireKnownSchema(_ connection: SQLiteConnection) throws {
        try schema?.requireKnown(connection.userVersion()) { try Schema.oldestProgram(of: connection) }
    }

    func transaction<T: Sendable>(
        _ begin: SQL, ending end: SQL, _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        try withConnection { try $0.transaction(begin, ending: end, body) }
    }

    /// Runs `body` on the connection outside any transaction: some statements are allowed only there. It cannot be nested.
    func withConnection<T: Sendable>(
        unless cancellation: CancellationFlag? = nil, _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        try connection.withLock { connection in
            guard let connection else { throw DatabaseError(.internal, "the connection is closed") }
            guard let cancellation else { return try body(connection) }
            connection.watch(cancellation)
            defer { connection.stopWatching() }
            return try body(connection)
        }
    }

    /// Closes the connection.
    func close() { connection.withLock { $0 = nil } }
}

// MARK: - Opening

extension SQLiteDatabase {
    /// Makes sure, without SQLite, that the file at `path` is a database of the schema's program.
    ///
    /// - Throws: `DatabaseError` of kind `fileNotFound`, `emptyFile`, `foreignDatabase` or `fileInaccessible`.
    package static func requireOurs(path: String, schema: Schema) throws {
        _ = try ours(path, schema)
    }

    /// The file at `path`, once it is known to be a database of the schema's program.
    ///
    /// - Throws: `DatabaseError`, as `requireOurs`.
    static func ours(_ path: String, _ schema: Schema) throws -> SQLiteFile {
        let file = SQLiteFile(path: path)
        switch try file.content() {
        case .missing: throw DatabaseError(.fileNotFound, path)
        case .empty: throw DatabaseError(.emptyFile, path)
        case .foreign: throw DatabaseError(.foreignDatabase, path)
        case .database(schema.applicationID): return file
        case .database(let id): throw DatabaseError(.foreignDatabase, "\(path): application id \(id)")
        }
    }

    static func connect(
        _ file: SQLiteFile, access: SQLiteFile.Access, busyTimeout: Double = patience, schema: Schema? = nil
    ) throws -> SQLiteDatabase {
        let (path, flags) =
            switch access {
            case .readWrite: (file.path, SQLITE_OPEN_READWRITE)
            case .readOnly: (file.path, SQLITE_OPEN_READONLY)
            case .immutable: (file.immutableURI, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
            }
        return try SQLiteDatabase(path, flags: flags, busyTimeout: busyTimeout, schema: schema)
    }

    /// - Parameter isNew: Whether a database without tables is expected.
    func bringUpToDate(_ schema: Schema, isNew: Bool = false) throws {
        guard try isNew || isOlder(than: schema) else { return }
        try transaction("BEGIN IMMEDIATE", ending: "COMMIT") { connection in
            // Another process may have been faster, even one of a later version.
            let found: Int = try connection.value("PRAGMA user_version") ?? 0
            guard found < schema.version else { return }
            try schema.migrate(connection, from: found)
            try connection.setUserVersion(schema.version)
        }
    }

    /// - Throws: `DatabaseError` `schemaTooNew` where this program may not work on it, `damaged` where it says
    ///   no version: a database is never without one.
    private func isOlder(than schema: Schema) throws -> Bool {
        let found = try currentVersion()
        guard found >= 1 else { throw DatabaseError(.damaged, "schema \(found)") }
        if found > schema.version, try !transaction("BEGIN", ending: "COMMIT", schema.accepts) {
            throw DatabaseError(.schemaTooNew, "schema \(found), program \(schema.version)")
        }
        return found < schema.version
    }

    func currentVersion() throws -> Int {
        try withConnection { try $0.value("PRAGMA user_version") ?? 0 }
    }
}
