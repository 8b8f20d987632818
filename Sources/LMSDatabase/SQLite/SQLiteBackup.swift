internal import CSQLite
internal import Glibc

extension SQLiteDatabase {
    /// Copies the database, as it is at one moment, into a new file. Writers are not held up.
    ///
    /// - Returns: Whether the file was made; `false` where there is one already.
    /// - Throws: `DatabaseError`; `damaged` where the database is not whole. Then there is no copy.
    package func backup(to path: String) throws -> Bool {
        let file = SQLiteFile(path: path)
        // The file is not opened: it may be our own, and closing a descriptor on it would drop SQLite's locks.
        guard !file.exists else { return false }
        if let problem = try damage().first { throw DatabaseError(.damaged, problem) }
        let copy = try NewDatabase(at: path)
        try Self.copy(from: self, to: copy.database)
        return try copy.finish()
    }

    /// Copies a backup, so that it can take the place of the database at `path`: everything of a restore but its last step,
    /// which is `PreparedRestore.finish`.
    ///
    /// - Parameter cleaning: Statements that are run on the copy; the backup itself is not changed.
    /// - Throws: `DatabaseError`: `foreignDatabase`, `schemaTooNew`, `fileNotFound`, `emptyFile` or `damaged` where the backup is not a whole
    ///   database of this schema.
    package static func prepareRestore(
        from backup: String, to path: String, schema: Schema, cleaning: [SQL]
    ) async throws -> PreparedRestore {
        let target = SQLiteFile(path: path)
        switch try target.content() {
        case .foreign: throw DatabaseError(.foreignDatabase, path)
        case .database(let id) where id != schema.applicationID: throw DatabaseError(.foreignDatabase, path)
        case .missing, .empty, .database: break
        }

        // SQLite has unlinked this file already, so nothing is left behind, whatever ends the process.
        let replacement = try temporary()
        try DatabaseError.naming(backup) {
            try copy(from: whole(backup, schema: schema), to: replacement)
            try replacement.bringUpToDate(schema)
        }
        try await replacement.write { connection in
            for statement in cleaning { try connection.execute(statement) }
        }
        return PreparedRestore(replacement: replacement, path: path, schema: schema)
    }

    /// Opens a backup so that nothing changes in it or beside it, and makes sure that it is whole.
    private static func whole(_ path: String, schema: Schema) throws -> SQLiteDatabase {
        let file = try ours(path, schema)
        let source = try connect(file, access: file.accessForReading, schema: schema)
        let version = try source.currentVersion()
        guard version <= schema.version else { throw DatabaseError(.schemaTooNew, "schema \(version)") }
        guard try source.damage().isEmpty else { throw DatabaseError(.damaged, path) }
        return source
    }

    /// Copies this database over `target` in one step, with the ids that `target` gave out.
    fileprivate func replace(_ target: SQLiteDatabase, at file: SQLiteFile, _ schema: Schema) async throws {
        try target.withConnection { targetConnection in
            try withConnection { connection in
                let copy = try Copy(from: connection.pointer, to: targetConnection.pointer)
                defer { copy.finish() }
                // Copies nothing, but takes the target's write lock: no id is given out between the next step, which
                // reads the sequences, and the last.
                try copy.step(pages: 0)
                try Self.raiseSequences(
                    of: connection, above: SQLiteDatabase.connect(file, access: file.access), schema)
                try copy.step(pages: -1)
            }
        }
    }

    /// Raises id sequences to those of the live database, so that no id is given out twice. They are read when the copy has the
    /// target's write lock, which a step of zero pages takes, so none is ever lowered. The live database may be of an older schema,
    /// in which tables have other names.
    private static func raiseSequences(of connection: SQLiteConnection, above live: SQLiteDatabase, _ schema: Schema) throws {
        // A live database too damaged to be read has no ids left to protect.
        let rows = (try? live.sequences(schema)) ?? []
        try connection.transaction("BEGIN IMMEDIATE", ending: "COMMIT") { connection in
            for (table, last) in rows {
                let known = try connection.execute(
                    "UPDATE sqlite_sequence SET seq = max(seq, \(last)) WHERE name = \(table)")
                if known == 0 {
                    try connection.execute(
                        "INSERT INTO sqlite_sequence (name, seq) VALUES (\(table), \(last))")
                }
            }
        }
    }

    /// - Parameter schema: Which says what the tables are called now.
    private func sequences(_ schema: Schema) throws -> [(table: String, last: Int64)] {
        try transaction("BEGIN", ending: "COMMIT") { connection in
            let version: Int = try connection.value("PRAGMA user_version") ?? 0
            return try connection.rows("SELECT name, seq FROM sqlite_sequence").map {
                (schema.name(ofTable: try $0["name"], from: version), try $0["seq"])
            }
        }
    }

    private static func copy(from source: SQLiteDatabase, to target: SQLiteDatabase) throws {
        try target.withConnection { targetConnection in
            try source.withConnection { sourceConnection in
                let copy = try Copy(from: sourceConnection.pointer, to: targetConnection.pointer)
                defer { copy.finish() }
                try copy.step(pages: -1)
            }
        }
    }

    /// The size of the file, its log not counted, in bytes.
    package func byteCount() throws -> Int {
        try transaction("BEGIN", ending: "COMMIT") { connection in
            let pages: Int = try connection.value("PRAGMA page_count") ?? 0
            let size: Int = try connection.value("PRAGMA page_size") ?? 0
            return pages * size
        }
    }
}

/// A copy of a backup that was found to be whole, ready to take a database's place.
package struct PreparedRestore: Sendable {
    /// The database as it will be after the restore.
    package let replacement: SQLiteDatabase
    fileprivate let path: String
    fileprivate let schema: Schema

    /// Replaces the database.
    ///
    /// Processes that have it open keep a whole database: they see the old rows until their transaction ends, then the
    /// new ones.
    ///
    /// - Throws: `DatabaseError`.
    package func finish() async throws {
        let target = SQLiteFile(path: path)
        _ = try SQLiteDatabase.create(path: path, schema: schema)
        try await replacement.replace(SQLiteDatabase.connect(target, access: .readWrite), at: target, schema)
    }
}

/// SQLite's online backup. Source: https://www.sqlite.org/backup.html
private struct Copy {
    private let backup: OpaquePointer
    private let target: OpaquePointer

    init(from source: OpaquePointer, to target: OpaquePointer) throws {
        guard let backup = sqlite3_backup_init(target, "main", source, "main") else {
            throw DatabaseError(
                sqliteCode: sqlite3_extended_errcode(target),
                detail: String(cString: sqlite3_errmsg(target)))
        }
        self.backup = backup
        self.target = target
    }

    /// Copies some pages, all of them where the number is negative. Waits for a lock as a writer does.
    func step(pages: Int32) throws {
        let deadline = ContinuousClock.now + .seconds(SQLiteDatabase.patience)
        while true {
            switch sqlite3_backup_step(backup, pages) {
            case SQLITE_OK, SQLITE_DONE: return
            case SQLITE_BUSY where ContinuousClock.now < deadline, SQLITE_LOCKED where ContinuousClock.now < deadline:
                usleep(20_000)
            case let code:
                throw DatabaseError(sqliteCode: code, detail: "online backup")
            }
        }
    }

    func finish() {
        sqlite3_backup_finish(backup)
    }
}
