/// One row of a result.
package struct Row: Sendable {
    let columns: [String]
    let values: [Value]

    /// The value of a column.
    ///
    /// - Throws: `DatabaseError` of kind `corrupt` where there is no such column, or its value is
    ///   missing or of another type.
    package subscript<T: ValueConvertible>(column: String) -> T {
        get throws {
            guard let value = T(databaseValue: try value(of: column)) else {
                throw DatabaseError(.corrupt, "column \(column) is not a \(T.self)")
            }
            return value
        }
    }

    /// The value of a column that may be null.
    package subscript<T: ValueConvertible>(column: String) -> T? {
        get throws {
            let stored = try value(of: column)
            if stored == .null { return nil }
            guard let value = T(databaseValue: stored) else {
                throw DatabaseError(.corrupt, "column \(column) is not a \(T.self)")
            }
            return value
        }
    }

    private func value(of column: String) throws -> Value {
        guard let index = columns.firstIndex(of: column) else {
            throw DatabaseError(.corrupt, "no column \(column)")
        }
        return values[index]
    }
}
