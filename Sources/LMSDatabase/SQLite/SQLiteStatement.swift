internal import CSQLite

/// A statement of SQLite's that is run for many rows, as long as its transaction lasts.
final class SQLiteStatement: Statement, StatementRow {
    let statement: CompiledStatement
    private let pointer: OpaquePointer
    let connection: SQLiteConnection
    private var bindFailure: Int32?

    init(_ statement: CompiledStatement, on connection: SQLiteConnection) {
        self.statement = statement
        self.connection = connection
        pointer = statement.pointer
    }

    func bind(_ integer: Int64, at index: Int) {
        note(sqlite3_bind_int64(pointer, Int32(index), integer))
    }

    func bind(_ text: UnsafeBufferPointer<UInt8>, at index: Int) {
        // An empty text has no address, which SQLite would take for null.
        guard let base = text.baseAddress, !text.isEmpty else {
            return note(sqlite3_bind_text(pointer, Int32(index), "", 0, nil))
        }
        base.withMemoryRebound(to: CChar.self, capacity: text.count) {
            note(sqlite3_bind_text(pointer, Int32(index), $0, Int32(clamping: text.count), CompiledStatement.copied))
        }
    }

    func bindNull(at index: Int) {
        note(sqlite3_bind_null(pointer, Int32(index)))
    }

    @discardableResult
    func run() throws -> Int {
        let before = connection.changes
        try runToEnd()
        return connection.changedRows(since: before)
    }

    func runToEnd() throws {
        defer { sqlite3_reset(pointer) }
        while try step() {}
    }

    func first<T>(_ body: (any StatementRow) throws -> T) throws -> T? {
        defer { sqlite3_reset(pointer) }
        guard try step() else { return nil }
        let result = try body(self)
        // A statement that changes rows is done only when it has run to its end.
        if sqlite3_stmt_readonly(pointer) == 0 { while try step() {} }
        return result
    }

    func note(_ code: Int32) {
        if code != SQLITE_OK { bindFailure = code }
    }

    private func step() throws -> Bool {
        try connection.requireGoingOn()
        if let code = bindFailure {
            bindFailure = nil
            throw connection.failure(code)
        }
        return try connection.step(statement)
    }

    // MARK: - The row

    func integer(at column: Int) -> Int64 { sqlite3_column_int64(pointer, Int32(column)) }

    func isNull(at column: Int) -> Bool { sqlite3_column_type(pointer, Int32(column)) == SQLITE_NULL }

    func text(at column: Int) -> String { String(decoding: statement.text(at: Int32(column)), as: UTF8.self) }

    func isText(_ bytes: UnsafeBufferPointer<UInt8>, at column: Int) -> Bool {
        statement.text(at: Int32(column)).elementsEqual(bytes)
    }
}
