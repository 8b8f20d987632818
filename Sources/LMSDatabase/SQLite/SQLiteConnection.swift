internal import CSQLite

/// A connection to a SQLite database, with the statements that were compiled on it.
///
/// `@unchecked`: `SQLiteDatabase` hands it to one thread at a time.
final class SQLiteConnection: Connection, @unchecked Sendable {
    /// SQLite's handle of it.
    let pointer: OpaquePointer
    private var statements = SQLiteStatementCache()
    /// It is looked at before each statement, and by SQLite during long ones.
    private var cancellation: CancellationFlag?
    private var isInTransaction = false
    /// Why SQLite has rolled the transaction back by itself, as it does on a full disk. What follows in the transaction would be
    /// committed statement by statement, so nothing does.
    private var ending: DatabaseError?
    private var syncsCommits = true
    /// How many pages the log had after the last commit; 0 where nobody looks.
    private var logPages: Int32 = 0
    /// Twelve or so writes of a command.
    private static let longLog: Int32 = 100

    /// - Parameters:
    ///   - path: Whatever SQLite takes for a file's name; a URI where the flags say so.
    ///   - flags: Of `sqlite3_open_v2`.
    ///   - busyTimeout: How many seconds to wait for others' locks.
    /// - Throws: `DatabaseError`.
    init(_ path: String, flags: Int32, busyTimeout: Double) throws {
        guard Self.isConfigured else { throw DatabaseError(.internal, "SQLite was in use before it was configured") }
        var opened: OpaquePointer?
        // Without SQLite's own mutex: one thread at a time uses it.
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard code == SQLITE_OK, let opened else {
            let error = DatabaseError(
                sqliteCode: opened.map(sqlite3_extended_errcode) ?? code,
                detail: sqlite3_errmsg(opened).map { String(cString: $0) } ?? "")
            // A connection that could not be opened has a handle too.
            sqlite3_close_v2(opened)
            throw error
        }
        pointer = opened
        sqlite3_extended_result_codes(pointer, 1)
        sqlite3_busy_timeout(pointer, Self.milliseconds(busyTimeout))
        for (option, isOn) in Self.options {
            let code = csqlite_set_option(pointer, option, isOn ? 1 : 0)
            guard code == SQLITE_OK else { throw failure(code) }
        }
        if !Self.syncsByItself { try setSynchronous(true) }
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(pointer)
    }

    /// Settings that cost no statement. Source: https://www.sqlite.org/c3ref/c_dbconfig_defensive.html
    private static let options: [(Int32, Bool)] = [
        (SQLITE_DBCONFIG_ENABLE_FKEY, true), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, false), (SQLITE_DBCONFIG_DEFENSIVE, true),
        // "x" names a column. With these on, a column that is not there would be a text.
        (SQLITE_DBCONFIG_DQS_DML, false), (SQLITE_DBCONFIG_DQS_DDL, false),
        // A short-lived process would pay several syncs to checkpoint as it closes: `shortenLog` bounds its log, and SQLite's own
        // checkpoints bound a server's.
        (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ]

    /// Whether SQLite has its settings for the whole process. They must be set before its first use: so this is read before each.
    static let isConfigured = csqlite_configure() == SQLITE_OK

    /// Whether commits wait for the disk unless somebody says otherwise: SQLite is made so, but need not be.
    private static let syncsByItself =
        sqlite3_compileoption_used("DEFAULT_SYNCHRONOUS=2") == 1
        && sqlite3_compileoption_used("DEFAULT_WAL_SYNCHRONOUS=2") == 1

    private static func milliseconds(_ seconds: Double) -> Int32 {
        Int32(min(max(0, seconds * 1000), Double(Int32.max)))
    }

    // MARK: - Transactions

    /// Runs `body` in a transaction.
    ///
    /// - Throws: `DatabaseError`, or what `body` throws. Then the transaction is rolled back.
    func transaction<T>(
        _ begin: SQL, ending end: SQL, _ body: (SQLiteConnection) throws -> T
    ) throws -> T {
        try execute(begin)
        isInTransaction = true
        defer { isInTransaction = false }
        do {
            let result = try body(self)
            try execute(end)
            return result
        } catch {
            stopWatching()
            ending = nil
            // Some failures, a full disk among them, have rolled back already.
            if isInsideTransaction { _ = try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` in a part of the transaction that can be taken back by itself.
    ///
    /// - Returns: What `body` returned, or why what it did was taken back.
    /// - Throws: Where the transaction cannot go on: SQLite has taken back all of it, or the savepoint itself failed.
    func savepoint<T>(
        unless cancellation: CancellationFlag, _ body: (SQLiteConnection) throws -> T
    ) throws -> Result<T, any Error> {
        try execute("SAVEPOINT part")
        watch(cancellation)
        let result = Result {
            let value = try body(self)
            try requireGoingOn()
            // With a transaction of its own, it would fail with the commit.
            if hasOpenReferences { throw DatabaseError(.foreignKeyViolation, "a row names one that is not there") }
            return value
        }
        stopWatching()
        if case .failure(let error) = result {
            guard isInsideTransaction else { throw error }
            try execute("ROLLBACK TO part")
        }
        try execute("RELEASE part")
        return result
    }

    /// Whether rows name others that are not there, which a deferred foreign key allows until the commit.
    /// Source: https://www.sqlite.org/c3ref/c_dbstatus_options.html
    var hasOpenReferences: Bool {
        var number: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(pointer, SQLITE_DBSTATUS_DEFERRED_FKS, &number, &highest, 0)
        return number != 0
    }

    /// From here on, `shortenLog` knows how long the log is, and nothing else moves it into the database.
    ///
    /// Whoever opens a file first reads its whole log, so a long one makes each command slow. SQLite's own checkpoints do not
    /// bound it for processes that write once: a log begins anew with the next write of the process that has moved it, and the
    /// next process no longer knows that it was moved.
    /// Source: https://www.sqlite.org/walformat.html#recovery (nBackfill is 0 after a recovery)
    func keepLogShort() {
        sqlite3_wal_hook(
            pointer,
            { context, _, _, pages in
                if let context { Unmanaged<SQLiteConnection>.fromOpaque(context).takeUnretainedValue().logPages = pages }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Moves a log that has become long into the database, and begins it anew. Where somebody reads or writes meanwhile, it is
    /// left for a later write.
    func shortenLog(thenWaitAtMost busyTimeout: Double) {
        guard logPages > Self.longLog else { return }
        logPages = 0
        wait(atMost: 0)
        sqlite3_wal_checkpoint_v2(pointer, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        wait(atMost: busyTimeout)
    }

    var isInsideTransaction: Bool { sqlite3_get_autocommit(pointer) == 0 }

    /// Has SQLite look at the flag again and again while a statement runs, and end the statement once it is set.
    func watch(_ cancellation: CancellationFlag) {
        self.cancellation = cancellation
        // 4000 steps of its virtual machine take some tenths of a millisecond.
        // Source: https://www.sqlite.org/c3ref/progress_handler.html
        sqlite3_progress_handler(
            pointer, 4000,
            { context in
                guard let context else { return 0 }
                return Unmanaged<CancellationFlag>.fromOpaque(context).takeUnretainedValue().isSet ? 1 : 0
            },
            Unmanaged.passUnretained(cancellation).toOpaque())
    }

    /// From here on, statements run whatever the flag says.
    func stopWatching() {
        sqlite3_progress_handler(pointer, 0, nil, nil)
        cancellation = nil
    }

    /// - Throws: `DatabaseError` where no further statement may run.
    func requireGoingOn() throws {
        try cancellation?.throwIfSet()
        if let ending { throw ending }
    }

    // MARK: - Statements

    var dialect: Dialect { .sqlite }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
        try run(sql) { statement in
            while try step(statement) {
                guard try body(statement.row) else { return }
            }
        }
    }

    @discardableResult
    func execute(_ sql: SQL) throws -> Int {
        try run(sql) { statement in
            let before = changes
            while try step(statement) {}
            return changedRows(since: before)
        }
    }

    func insert(_ sql: SQL) throws -> Int64? {
        try execute(sql) == 0 ? nil : sqlite3_last_insert_rowid(pointer)
    }

    func prepare(_ sql: SQL) throws -> any Statement {
        let (text, values) = sql.rendered
        guard values.isEmpty else {
            throw DatabaseError(.internal, "a prepared statement gets its values later")
        }
        return try SQLiteStatement(CompiledStatement(text, on: self, isKept: true), on: self)
    }

    func writer(of table: SQL, _ columns: [SQL], ids: RowIDs) throws -> any RowWriter {
        let names: SQL = "INSERT INTO \(table) (\(joined: columns))"
        let values = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        // A full-text index, whose ids are given, takes no ON CONFLICT.
        let text = "\(names.rendered.text) VALUES (\(values))\(ids == .drawn ? " ON CONFLICT DO NOTHING" : "")"
        return try SQLiteStatement(CompiledStatement(text, on: self, isKept: true), on: self)
    }

    private func run<T>(_ sql: SQL, _ body: (CompiledStatement) throws -> T) throws -> T {
        try requireGoingOn()
        let statement = try statement(for: sql)
        defer { statement.reset() }
        var index: Int32 = 0
        for case .value(let value) in sql.parts {
            index += 1
            let code = statement.bind(value, at: index)
            guard code == SQLITE_OK else { throw failure(code) }
        }
        return try body(statement)
    }

    private func statement(for sql: SQL) throws -> CompiledStatement {
        if let known = statements.statement(for: sql) {
            // The same statement may be at work further up the stack, where its rows lead to more statements.
            return known.isAtWork ? try CompiledStatement(sql.rendered.text, on: self, isKept: false) : known
        }
        let statement = try CompiledStatement(sql.rendered.text, on: self, isKept: true)
        statements.keep(statement, for: sql)
        return statement
    }

    /// - Returns: Whether there is a row.
    func step(_ statement: CompiledStatement) throws -> Bool {
        switch sqlite3_step(statement.pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    /// How many rows were changed since the connection was opened.
    var changes: Int64 { sqlite3_total_changes64(pointer) }

    /// How many rows the last statement changed, those that foreign keys removed not counted.
    ///
    /// - Parameter before: The changes until it ran. A statement that changes nothing leaves the last one's count behind.
    func changedRows(since before: Int64) -> Int {
        changes == before ? 0 : Int(sqlite3_changes64(pointer))
    }

    /// What the last call of SQLite's did not do.
    func failure(_ code: Int32) -> DatabaseError {
        let extended = sqlite3_extended_errcode(pointer)
        let error = DatabaseError(
            sqliteCode: extended & 0xff == code & 0xff ? extended : code,
            detail: String(cString: sqlite3_errmsg(pointer)))
        if isInTransaction, !isInsideTransaction { ending = error }
        return error
    }

    // MARK: - Settings

    /// Sets how much of the file is kept in memory at most, in KiB.
    func setPageCache(_ kibibytes: Int) throws {
        // Negative is KiB, positive would be pages. Source: https://www.sqlite.org/pragma.html#pragma_cache_size
        try setPragma("cache_size", to: -kibibytes)
    }

    /// Sets for how many seconds the next transactions wait for another writer.
    func wait(atMost seconds: Double) {
        sqlite3_busy_timeout(pointer, Self.milliseconds(seconds))
    }

    /// Sets whether the next transactions' commits wait for the disk.
    func syncCommits(_ syncs: Bool) throws {
        guard syncs != syncsCommits else { return }
        try setSynchronous(syncs)
        syncsCommits = syncs
    }

    private func setSynchronous(_ syncs: Bool) throws {
        // FULL and NORMAL. Source: https://www.sqlite.org/pragma.html#pragma_synchronous
        try setPragma("synchronous", to: syncs ? 2 : 1)
    }

    /// The version of the schema that the transaction sees.
    func userVersion() throws -> Int {
        try run("PRAGMA user_version") { try step($0) ? Int(sqlite3_column_int64($0.pointer, 0)) : 0 }
    }

    func setUserVersion(_ version: Int) throws {
        try setPragma("user_version", to: version)
    }

    func setApplicationID(_ id: Int32) throws {
        try setPragma("application_id", to: Int(id))
    }

    /// A PRAGMA takes no bound value, and some do what they do while they are compiled.
    private func setPragma(_ name: StaticString, to value: Int) throws {
        let code = sqlite3_exec(pointer, "PRAGMA \(name) = \(value)", nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }
}
