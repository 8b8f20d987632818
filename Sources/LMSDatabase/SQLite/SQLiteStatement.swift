internal import CSQLite
internal import GRDB

/// A prepared statement of SQLite's, which lives as long as its transaction.
final class SQLiteStatement: Statement, StatementRow {
    private let statement: GRDB.Statement
    private let pointer: OpaquePointer
    private let database: OpaquePointer
    private let cancellation: CancellationFlag?
    private var bindFailure: Int32?

    /// - Throws: `DatabaseError`.
    init(_ text: String, on database: GRDB.Database, _ cancellation: CancellationFlag?) throws {
        self.cancellation = cancellation
        statement = try SQLiteConnection.translating { try database.makeStatement(sql: text) }
        pointer = statement.sqliteStatement
        guard let connection = database.sqliteConnection else {
            throw DatabaseError(.internal, "the connection is closed")
        }
        self.database = connection
    }

    func bind(_ integer: Int64, at index: Int) {
        note(sqlite3_bind_int64(pointer, Int32(index), integer))
    }

    func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
        // An empty text has no address, which SQLite would take for null.
        guard let base = text.baseAddress, !text.isEmpty else {
            return note(sqlite3_bind_text(pointer, Int32(index), "", 0, nil))
        }
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        base.withMemoryRebound(to: CChar.self, capacity: text.count) {
            note(sqlite3_bind_text(pointer, Int32(index), $0, Int32(clamping: text.count), transient))
        }
    }

    func bindNull(at index: Int) {
        note(sqlite3_bind_null(pointer, Int32(index)))
    }

    func run() throws -> Int {
        let before = sqlite3_total_changes64(database)
        defer { sqlite3_reset(pointer) }
        while try step() {}
        return sqlite3_total_changes64(database) == before ? 0 : Int(sqlite3_changes64(database))
    }

    func insert() throws -> Int64? {
        try run() == 0 ? nil : sqlite3_last_insert_rowid(database)
    }

    func first<T>(_ body: (any StatementRow) throws -> T) throws -> T? {
        defer { sqlite3_reset(pointer) }
        guard try step() else { return nil }
        let result = try body(self)
        // A statement that changes rows is done only when it has run to its end.
        if sqlite3_stmt_readonly(pointer) == 0 { while try step() {} }
        return result
    }

    private func note(_ code: Int32) {
        if code != SQLITE_OK { bindFailure = code }
    }

    private func step() throws -> Bool {
        try cancellation?.throwIfSet()
        if let code = bindFailure {
            bindFailure = nil
            throw failure(code)
        }
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let extended = sqlite3_extended_errcode(database)
        return DatabaseError(
            sqliteCode: extended & 0xff == code & 0xff ? extended : code,
            detail: String(cString: sqlite3_errmsg(database)))
    }

    // MARK: - The row

    func integer(at column: Int) -> Int64 { sqlite3_column_int64(pointer, Int32(column)) }

    func isNull(at column: Int) -> Bool { sqlite3_column_type(pointer, Int32(column)) == SQLITE_NULL }

    func text(at column: Int) -> String { String(decoding: bytes(at: column), as: UTF8.self) }

    func isText(_ bytes: UnsafeBufferPointer<UInt8>, at column: Int) -> Bool {
        self.bytes(at: column).elementsEqual(bytes)
    }

    private func bytes(at column: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: sqlite3_column_text(pointer, Int32(column)),
            count: Int(sqlite3_column_bytes(pointer, Int32(column))))
    }
}
