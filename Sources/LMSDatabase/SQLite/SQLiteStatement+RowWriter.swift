internal import CSQLite

/// Rows are written one by one: SQLite is in this process.
extension SQLiteStatement: RowWriter {
    func bind(_ value: Value, at index: Int) {
        note(statement.bind(value, at: Int32(index)))
    }

    func drawIDs(for rows: Int) {}

    func insert() throws -> Int64? {
        let before = connection.changes
        try runToEnd()
        return connection.changes == before ? nil : sqlite3_last_insert_rowid(connection.pointer)
    }

    func write() throws {
        try runToEnd()
    }

    func flush() {}
}
