/// One row of a result.
///
/// Reading a column is inlinable: other modules then read `Int64` and `String` without asking the runtime for types, a
/// tenth of a long list's time.
@usableFromInline
package struct Row: Sendable {
    let columns: RowColumns
    let values: [Value]

    /// The value of a column.
    ///
    /// - Throws: `DatabaseError` of kind `damaged` where there is no such column, or its value is
    ///   missing or of another type.
    @inlinable
    package subscript<T: ValueConvertible>(column: String) -> T {
        get throws {
            guard let value = T(databaseValue: try value(of: column)) else {
                throw Self.mismatch(column, "\(T.self)")
            }
            return value
        }
    }

    /// The value of a column that may be null.
    @inlinable
    package subscript<T: ValueConvertible>(column: String) -> T? {
        get throws {
            let stored = try value(of: column)
            if case .null = stored { return nil }
            guard let value = T(databaseValue: stored) else { throw Self.mismatch(column, "\(T.self)") }
            return value
        }
    }

    @usableFromInline
    static func mismatch(_ column: String, _ type: String) -> DatabaseError {
        DatabaseError(.damaged, "column \(column) is not a \(type)")
    }

    @usableFromInline
    func value(of column: String) throws -> Value {
        guard let position = columns.position(of: column) else {
            throw DatabaseError(.damaged, "no column \(column)")
        }
        return values[position]
    }
}
