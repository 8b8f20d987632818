internal import CSQLite
internal import GRDB

/// A connection in a transaction. GRDB caches its statements; values and rows go through SQLite's own calls.
final class SQLiteConnection: Connection {
    private let database: GRDB.Database
    /// It is looked at before each statement, and by SQLite during long ones.
    private var cancellation: CancellationFlag?

    init(_ database: GRDB.Database, _ cancellation: CancellationFlag? = nil) {
        self.database = database
        self.cancellation = cancellation
    }

    /// Has SQLite look at the flag again and again while a statement runs, and end the statement once it is set. The flag
    /// must outlive this.
    func watch(_ cancellation: CancellationFlag) {
        // 4000 steps of its virtual machine take some tenths of a millisecond.
        // Source: https://www.sqlite.org/c3ref/progress_handler.html
        sqlite3_progress_handler(
            database.sqliteConnection, 4000,
            { context in
                guard let context else { return 0 }
                return Unmanaged<CancellationFlag>.fromOpaque(context).takeUnretainedValue().isSet ? 1 : 0
            },
            Unmanaged.passUnretained(cancellation).toOpaque())
    }

    /// From here on, statements run whatever the flag says.
    func stopWatching() {
        cancellation = nil
        sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil)
    }

    var dialect: Dialect { .sqlite }

    var isInsideTransaction: Bool { database.isInsideTransaction }

    /// The connection's handle, for SQLite's own calls.
    var pointer: OpaquePointer {
        get throws {
            guard let pointer = database.sqliteConnection else {
                throw DatabaseError(.internal, "the connection is closed")
            }
            return pointer
        }
    }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
        try run(sql) { statement in
            var columns: [String]?
            while try step(statement) {
                let names = columns ?? Self.columnNames(statement)
                columns = names
                let values = names.indices.map { Self.value(of: statement, at: Int32($0)) }
                guard try body(Row(columns: names, values: values)) else { return }
            }
        }
    }

    @discardableResult
    func execute(_ sql: SQL) throws -> Int {
        try run(sql) { statement in
            let before = sqlite3_total_changes64(database.sqliteConnection)
            while try step(statement) {}
            // A statement that changes nothing leaves the last statement's count behind.
            guard sqlite3_total_changes64(database.sqliteConnection) != before else { return 0 }
            return Int(sqlite3_changes64(database.sqliteConnection))
        }
    }

    func prepare(_ sql: SQL) throws -> any Statement {
        let (text, values) = sql.rendered
        guard values.isEmpty else {
            throw DatabaseError(.internal, "a prepared statement gets its values later")
        }
        return try SQLiteStatement(text, on: database, cancellation)
    }

    /// Sets how much of the file is kept in memory at most, in KiB.
    func setPageCache(_ kibibytes: Int) throws {
        // Negative is KiB, positive would be pages. Source: https://www.sqlite.org/pragma.html#pragma_cache_size
        try setPragma("cache_size", to: -kibibytes)
    }

    /// Sets for how many seconds the next transactions wait for another writer, and whether their commits wait for the
    /// disk.
    func wait(atMost seconds: Double, syncingCommits: Bool) {
        sqlite3_busy_timeout(database.sqliteConnection, Int32(seconds * 1000))
        sqlite3_exec(
            database.sqliteConnection, "PRAGMA synchronous = \(syncingCommits ? "FULL" : "NORMAL")", nil,
            nil, nil)
    }

    func setUserVersion(_ version: Int) throws {
        try setPragma("user_version", to: version)
    }

    func setApplicationID(_ id: Int32) throws {
        try setPragma("application_id", to: Int(id))
    }

    /// A PRAGMA takes no bound value.
    private func setPragma(_ name: StaticString, to value: Int) throws {
        let code = sqlite3_exec(
            database.sqliteConnection, "PRAGMA \(name) = \(value)", nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func run<T>(_ sql: SQL, _ body: (OpaquePointer) throws -> T) throws -> T {
        try cancellation?.throwIfSet()
        let (text, values) = sql.rendered
        let statement = try SQLiteConnection.translating {
            let cached = try database.cachedStatement(sql: text)
            // The same statement may be at work further up the stack, where its rows lead to more statements.
            if sqlite3_stmt_busy(cached.sqliteStatement) == 0 { return cached }
            return try database.makeStatement(sql: text)
        }
        return try withExtendedLifetime(statement) {
            let pointer = statement.sqliteStatement
            defer {
                sqlite3_reset(pointer)
                sqlite3_clear_bindings(pointer)
            }
            for (index, value) in values.enumerated() {
                try bind(value, to: pointer, at: Int32(index + 1))
            }
            return try body(pointer)
        }
    }

    /// - Returns: Whether there is a row.
    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    private func bind(_ value: Value, to statement: OpaquePointer, at index: Int32) throws {
        // SQLite copies the bytes before the call returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code =
            switch value {
            case .null: sqlite3_bind_null(statement, index)
            case .integer(let integer): sqlite3_bind_int64(statement, index, integer)
            case .text(var text):
                // With its length: a NUL inside must not cut it.
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) {
                        sqlite3_bind_text64(
                            statement, index, $0.baseAddress, UInt64($0.count), transient,
                            UInt8(SQLITE_UTF8))
                    }
                }
            case .blob(let bytes):
                sqlite3_bind_blob64(statement, index, bytes, UInt64(bytes.count), transient)
            }
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private static func columnNames(_ statement: OpaquePointer) -> [String] {
        (0..<sqlite3_column_count(statement)).map { index in
            sqlite3_column_name(statement, index).map { String(cString: $0) } ?? ""
        }
    }

    private static func value(of statement: OpaquePointer, at index: Int32) -> Value {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(statement, index))
        case SQLITE_TEXT:
            let bytes = UnsafeBufferPointer(
                start: sqlite3_column_text(statement, index),
                count: Int(sqlite3_column_bytes(statement, index)))
            return .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_NULL:
            return .null
        default:
            let bytes = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(statement, index),
                count: Int(sqlite3_column_bytes(statement, index)))
            return .blob(Array(bytes))
        }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let extended = sqlite3_extended_errcode(database.sqliteConnection)
        return DatabaseError(
            sqliteCode: extended & 0xff == code & 0xff ? extended : code,
            detail: String(cString: sqlite3_errmsg(database.sqliteConnection)))
    }

    /// Runs a call of GRDB's, and makes its errors ours.
    static func translating<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as GRDB.DatabaseError {
            throw DatabaseError(
                sqliteCode: error.extendedResultCode.rawValue, detail: error.description)
        }
    }
}

extension DatabaseError {
    /// - Parameter sqliteCode: An extended result code. Source: https://www.sqlite.org/rescode.html
    init(sqliteCode: Int32, detail: String) {
        let code = ResultCode(rawValue: sqliteCode)
        let kind: Kind =
            switch code {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: .uniqueViolation
            case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKeyViolation
            default:
                switch code.primaryResultCode {
                case .SQLITE_CONSTRAINT: .checkViolation
                case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
                case .SQLITE_INTERRUPT: .cancelled
                case .SQLITE_FULL: .diskFull
                case .SQLITE_READONLY: .readOnlyFile
                case .SQLITE_CORRUPT: .damaged
                case .SQLITE_NOTADB: .foreignDatabase
                // Our statements fit our schema: where a table is gone, somebody has been at the file.
                case .SQLITE_ERROR
                where detail.contains("no such table") || detail.contains("no such column"):
                    .damaged
                case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM, .SQLITE_NOMEM: .fileInaccessible
                default: .internal
                }
            }
        self.init(kind, "SQLite \(sqliteCode): \(detail)")
    }
}
