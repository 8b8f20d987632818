/// A statement that is made once and run for many rows: what a bulk import needs. Its values are numbered from 1, and
/// stay bound until they are bound anew.
package protocol Statement: ValueBinding {
    /// Runs it to its end.
    ///
    /// - Returns: How many rows it changed.
    /// - Throws: `DatabaseError`, also for a value that could not be bound.
    @discardableResult
    func run() throws -> Int

    /// Runs it to its first row, which `body` reads.
    ///
    /// - Returns: What `body` returns; `nil` where there is no row.
    /// - Throws: `DatabaseError`, or what `body` throws.
    func first<T>(_ body: (any StatementRow) throws -> T) throws -> T?
}

/// The row that a statement stands at. Columns are numbered from 0.
package protocol StatementRow: AnyObject {
    /// The integer in a column; 0 where it is null.
    func integer(at column: Int) -> Int64

    func isNull(at column: Int) -> Bool

    /// The text in a column; empty where it is null.
    func text(at column: Int) -> String

    /// Whether the text in a column is these bytes; null is as no bytes.
    func isText(_ bytes: UnsafeBufferPointer<UInt8>, at column: Int) -> Bool
}

extension Statement {
    /// The integer in the first column of the first row; `nil` where there is none.
    package func firstInteger() throws -> Int64? {
        try first { $0.isNull(at: 0) ? nil : $0.integer(at: 0) } ?? nil
    }
}

extension StatementRow {
    /// The value of a column that holds a text.
    ///
    /// - Throws: `DatabaseError` of kind `damaged` where the text is none of the type's.
    package func value<T: ValueConvertible>(at column: Int) throws -> T {
        guard let value = T(databaseValue: .text(text(at: column))) else {
            throw DatabaseError(.damaged, "column \(column) is not a \(T.self)")
        }
        return value
    }
}
