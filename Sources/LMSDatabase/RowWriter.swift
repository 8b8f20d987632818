/// Writes very many new rows of one table: what an import and a copy need.
///
/// The values of a row are bound in the order of the columns, all of them for each row. SQLite writes each row at once. PostgreSQL,
/// where each statement is a way to a server and back, gathers some rows and sends them with one COPY: so others see them only behind
/// `flush`, which is called before rows of the table are read or named, and behind the last row.
package protocol RowWriter: ValueBinding {
    func bind(_ value: Value, at index: Int)

    /// Draws the ids of so many of the rows that are inserted next, where ids are drawn: all at once. What is not used of them is lost;
    /// what is missing is drawn with its row.
    ///
    /// - Throws: `DatabaseError`.
    func drawIDs(for rows: Int) throws

    /// Writes a row that gets a new id, which is higher than all before. On SQLite there is no RETURNING for that: it makes each row a
    /// transaction within the transaction, at which a full-text index is written out.
    ///
    /// - Returns: The id; `nil` where a unique index has such a row. Where rows are gathered (`Dialect.valueTable`) nobody knows that yet:
    ///   such a row must not be inserted, or all that were gathered fail.
    /// - Throws: `DatabaseError`, also for a value that could not be bound, or for rows that were gathered before.
    func insert() throws -> Int64?

    /// Writes a row whose id, if it has one, is among its values.
    ///
    /// - Throws: As `insert`, and where a unique index has such a row.
    func write() throws

    /// Writes what was gathered.
    ///
    /// - Throws: `DatabaseError` now, or from one of the statements that follow, the commit among them.
    func flush() throws
}

/// Where the ids of rows come from.
package enum RowIDs: Sendable {
    /// They are new (`RowWriter.insert`), and not among the values: the table has a column `id`.
    case drawn
    /// They are among the values (`RowWriter.write`).
    case given
}
