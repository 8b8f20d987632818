internal import CSQLite
internal import Foundation
internal import GRDB

/// A database in one SQLite file, on one connection: what a short-lived process needs.
package final class SQLiteDatabase: Database {
    /// How long a writer waits for another one, in seconds.
    package static let patience: Double = 10

    /// The page cache of a bulk write, in KiB. With SQLite's own 2 MiB, an import takes half as long again.
    private static let bulkPageCache = 16 << 10
    private static let usualPageCache = 2000

    private let queue: DatabaseQueue
    private let busyTimeout: Double
    /// The tables that the file should have; `nil` where nobody checks them.
    let schema: Schema?

    init(queue: DatabaseQueue, busyTimeout: Double, schema: Schema? = nil) {
        self.queue = queue
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
        try database.explaining { try database.bringUpToDate(schema) }
        return database
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
        let file = SQLiteFile(path: path)
        switch try file.content() {
        case .database(schema.applicationID): return nil
        case .database, .foreign: throw DatabaseError(.foreignDatabase, path)
        // An empty file is refused and left alone: between looking and replacing it, another process may have given
        // its database this name.
        case .empty: throw DatabaseError(.emptyFile, path)
        // A link that leads nowhere has this name all the same.
        case .missing: guard !file.exists else { throw DatabaseError(.foreignDatabase, path) }
        }
        let new = try NewDatabase(at: path)
        try new.database.withConnection { try $0.setApplicationID(schema.applicationID) }
        try new.database.bringUpToDate(schema, isNew: true)
        return new
    }

    /// A database that lives as long as this value.
    package static func inMemory(schema: Schema) throws -> SQLiteDatabase {
        try SQLiteConnection.translating {
            let configuration = configuration(busyTimeout: patience)
            let database = SQLiteDatabase(
                queue: try DatabaseQueue(configuration: configuration), busyTimeout: patience, schema: schema)
            try database.bringUpToDate(schema, isNew: true)
            return database
        }
    }

    /// An empty database in a file without a name, as long as this value lives.
    /// Source: https://www.sqlite.org/inmemorydb.html#temp_db
    static func temporary() throws -> SQLiteDatabase {
        try SQLiteConnection.translating {
            SQLiteDatabase(
                queue: try DatabaseQueue(path: "", configuration: configuration(busyTimeout: patience)),
                busyTimeout: patience, schema: nil)
        }
    }

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
    func readNow<T>(unless cancellation: CancellationFlag, _ body: (SQLiteConnection) throws -> T) throws -> T {
        try withConnection(unless: cancellation) {
            try Self.transaction(on: $0, "BEGIN", ending: "COMMIT", body)
        }
    }

    /// Writes on the thread of the caller, which waits so many seconds at most for another writer.
    func writeNow<T>(
        _ mode: WriteMode, waiting seconds: Double, unless cancellation: CancellationFlag,
        _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        let patience = mode == .unsynced(whenBusy: .fail) ? 0 : seconds
        return try withConnection(unless: mode.isDurable ? cancellation : nil) { connection in
            let isUsual = patience == busyTimeout && mode.isDurable
            if !isUsual { connection.wait(atMost: patience, syncingCommits: mode.isDurable) }
            defer { if !isUsual { connection.wait(atMost: busyTimeout, syncingCommits: true) } }
            if mode.isBulk { try connection.setPageCache(Self.bulkPageCache) }
            defer { if mode.isBulk { try? connection.setPageCache(Self.usualPageCache) } }
            return try Self.transaction(
                on: connection, "BEGIN IMMEDIATE", ending: mode.isDryRun ? "ROLLBACK" : "COMMIT", body)
        }
    }

    func transaction<T>(
        _ begin: SQL, ending end: SQL, _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        try withConnection { try Self.transaction(on: $0, begin, ending: end, body) }
    }

    /// Runs a transaction inside `withConnection`, which cannot be nested.
    static func transaction<T>(
        on connection: SQLiteConnection, _ begin: SQL, ending end: SQL,
        _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        try connection.execute(begin)
        do {
            let result = try body(connection)
            try connection.execute(end)
            return result
        } catch {
            connection.stopWatching()
            // Some failures, a full disk among them, have rolled back already.
            if connection.isInsideTransaction { _ = try? connection.execute("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` on the connection outside any transaction: some statements are allowed only there.
    func withConnection<T>(
        unless cancellation: CancellationFlag? = nil, _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        try queue.inDatabase { database in
            let connection = SQLiteConnection(database, cancellation)
            guard let cancellation else { return try body(connection) }
            connection.watch(cancellation)
            defer { connection.stopWatching() }
            return try withExtendedLifetime(cancellation) { try body(connection) }
        }
    }
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
        var configuration = configuration(busyTimeout: busyTimeout)
        var path = file.path
        switch access {
        case .readWrite: break
        case .readOnly: configuration.readonly = true
        case .immutable:
            configuration.readonly = true
            path = try immutableURI(file.path)
        }
        return try SQLiteConnection.translating {
            SQLiteDatabase(
                queue: try DatabaseQueue(path: path, configuration: configuration),
                busyTimeout: busyTimeout, schema: schema)
        }
    }

    /// The settings that every connection of ours has.
    static func configuration(busyTimeout: Double) -> Configuration {
        _ = isConfigured
        var configuration = Configuration()
        configuration.label = "lms"
        configuration.busyMode = .timeout(busyTimeout)
        // Foreign keys are switched on below, by a call that costs no statement.
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { database in
            let connection = database.sqliteConnection
            csqlite_set_option(connection, SQLITE_DBCONFIG_ENABLE_FKEY, 1)
            csqlite_set_option(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
            csqlite_set_option(connection, SQLITE_DBCONFIG_DEFENSIVE, 1)
            // A short-lived process would pay several syncs to checkpoint as it closes; the
            // automatic checkpoints still bound the log.
            csqlite_set_option(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            sqlite3_exec(connection, "PRAGMA synchronous = FULL", nil, nil, nil)
        }
        return configuration
    }

    /// The path as a URI by which SQLite knows that nobody writes.
    /// Source: https://www.sqlite.org/uri.html
    private static func immutableURI(_ path: String) throws -> String {
        guard isConfigured,
            let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        else {
            throw DatabaseError(.fileInaccessible, "URI file names are off")
        }
        return "file:\(escaped)?immutable=1"
    }

    /// Whether SQLite takes URIs, which must be set before its first use: so this is read before each connection. All other
    /// paths of ours are absolute, so none is taken for a URI.
    static let isConfigured = csqlite_configure() == SQLITE_OK

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
        try queue.inDatabase { database in
            try SQLiteConnection(database).value("PRAGMA user_version") ?? 0
        }
    }

    /// Closes the connection.
    func close() throws {
        try SQLiteConnection.translating { try queue.close() }
    }
}
