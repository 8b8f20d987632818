internal import CSQLite

/// A statement that SQLite has compiled. It must not outlive its connection.
final class CompiledStatement {
    let pointer: OpaquePointer
    /// The names of its columns. SQLite compiles a statement anew where somebody changes the schema, and `*` may have
    /// other columns then.
    private var columns: RowColumns?
    private var compilations: Int32 = 0

    /// - Parameter isKept: Whether it will be run again and again.
    /// - Throws: `DatabaseError`, also for a text that has more than one statement, or none.
    init(_ text: String, on connection: SQLiteConnection, isKept: Bool) throws {
        var text = text
        pointer = try text.withUTF8 { bytes in
            try bytes.withMemoryRebound(to: CChar.self) { bytes in
                var statement: OpaquePointer?
                var rest: UnsafePointer<CChar>?
                let code = sqlite3_prepare_v3(
                    connection.pointer, bytes.baseAddress, Int32(clamping: bytes.count),
                    isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0, &statement, &rest)
                guard code == SQLITE_OK else { throw connection.failure(code) }
                let read = rest.flatMap { rest in bytes.baseAddress.map { rest - $0 } } ?? bytes.count
                guard let statement, bytes[read...].allSatisfy({ $0 == 10 || $0 == 32 }) else {
                    sqlite3_finalize(statement)
                    throw DatabaseError(.internal, "not one statement")
                }
                return statement
            }
        }
    }

    deinit { sqlite3_finalize(pointer) }

    /// Whether it stands at a row.
    var isAtWork: Bool { sqlite3_stmt_busy(pointer) != 0 }

    /// Makes it ready for the next run, and forgets its values.
    func reset() {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
    }

    // MARK: - Values

    /// Binds a value, which SQLite copies before the call returns.
    ///
    /// - Parameter index: Counted from 1.
    /// - Returns: A result code.
    func bind(_ value: Value, at index: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(pointer, index)
        case .integer(let integer): sqlite3_bind_int64(pointer, index, integer)
        case .text(var text):
            // With its length: a NUL inside must not cut it.
            text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text64(
                        pointer, index, $0.baseAddress, UInt64($0.count), Self.copied, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes): sqlite3_bind_blob64(pointer, index, bytes, UInt64(bytes.count), Self.copied)
        }
    }

    /// SQLITE_TRANSIENT, a macro that Swift does not see.
    static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    // MARK: - The row

    /// The row that it stands at.
    var row: Row {
        let columns = currentColumns
        return Row(columns: columns, values: columns.names.indices.map { value(at: Int32($0)) })
    }

    private var currentColumns: RowColumns {
        let compilations = sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_REPREPARE, 0)
        if let columns, compilations == self.compilations { return columns }
        let current = RowColumns(
            (0..<sqlite3_column_count(pointer)).map { index in
                sqlite3_column_name(pointer, index).map { String(cString: $0) } ?? ""
            })
        columns = current
        self.compilations = compilations
        return current
    }

    private func value(at index: Int32) -> Value {
        switch sqlite3_column_type(pointer, index) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(pointer, index))
        case SQLITE_TEXT: .text(String(decoding: text(at: index), as: UTF8.self))
        case SQLITE_NULL: .null
        default:
            .blob(
                Array(
                    UnsafeRawBufferPointer(
                        start: sqlite3_column_blob(pointer, index),
                        count: Int(sqlite3_column_bytes(pointer, index)))))
        }
    }

    /// The bytes of the text in a column, until the next step; none where it is null.
    func text(at index: Int32) -> UnsafeBufferPointer<UInt8> {
        // The text comes first: asking for it may change how many bytes there are.
        let start = sqlite3_column_text(pointer, index)
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, index)))
    }
}
