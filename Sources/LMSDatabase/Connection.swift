/// One transaction's view of a database. It lives only inside the closure that received it.
package protocol Connection: AnyObject {
    /// How the engine spells what the portable subset of SQL leaves open.
    var dialect: Dialect { get }

    /// Runs a statement and hands over its rows one by one, without keeping them.
    ///
    /// - Parameter body: Returns whether it wants another row.
    /// - Throws: `DatabaseError`, or what `body` throws.
    func forEach(_ sql: SQL, _ body: (Row) throws -> Bool) throws

    /// Runs a statement that changes rows.
    ///
    /// - Returns: How many rows it changed, those that foreign keys removed not counted.
    /// - Throws: `DatabaseError`.
    @discardableResult
    func execute(_ sql: SQL) throws -> Int

    /// Runs an INSERT of one row into a table with an `id`. It has no RETURNING of its own: on SQLite that makes each row a
    /// transaction within the transaction, at which a full-text index is written out.
    ///
    /// - Returns: The new row's id; `nil` where ON CONFLICT DO NOTHING did nothing.
    /// - Throws: `DatabaseError`.
    func insert(_ sql: SQL) throws -> Int64?

    /// Makes a statement that lives as long as the transaction. Its values are `$1, $2, …` in the order of the
    /// text, and are bound for each run.
    ///
    /// - Throws: `DatabaseError`.
    func prepare(_ sql: SQL) throws -> any Statement

    /// Makes what writes very many rows of a table. It lives as long as the transaction.
    ///
    /// - Throws: `DatabaseError`.
    func writer(of table: SQL, _ columns: [SQL], ids: RowIDs) throws -> any RowWriter
}

extension Connection {
    package func insert(_ sql: SQL) throws -> Int64? { try value("\(sql) RETURNING id") }

    /// The rows of a result that is known to be small.
    package func rows(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        try forEach(sql) {
            rows.append($0)
            return true
        }
        return rows
    }

    /// The first row, or `nil`.
    package func row(_ sql: SQL) throws -> Row? {
        var first: Row?
        try forEach(sql) {
            first = $0
            return false
        }
        return first
    }

    /// The first column of the first row; `nil` where there is no row or it is null.
    package func value<T: ValueConvertible>(_ sql: SQL) throws -> T? {
        guard let row = try row(sql), let column = row.columns.names.first else { return nil }
        return try row[column]
    }
}
