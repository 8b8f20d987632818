/// One value in a row or a statement, as both engines understand it.
package enum Value: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
}

/// A type that is stored in one column.
package protocol ValueConvertible: Sendable {
    /// What the database stores.
    var databaseValue: Value { get }

    /// Reads a stored value; `nil` where the value has another shape.
    init?(databaseValue: Value)
}

extension Int64: ValueConvertible {
    package var databaseValue: Value { .integer(self) }

    package init?(databaseValue: Value) {
        guard case .integer(let integer) = databaseValue else { return nil }
        self = integer
    }
}

extension Int: ValueConvertible {
    package var databaseValue: Value { .integer(Int64(self)) }

    package init?(databaseValue: Value) {
        guard case .integer(let integer) = databaseValue else { return nil }
        self.init(exactly: integer)
    }
}

extension String: ValueConvertible {
    package var databaseValue: Value { .text(self) }

    package init?(databaseValue: Value) {
        guard case .text(let text) = databaseValue else { return nil }
        self = text
    }
}

extension [UInt8]: ValueConvertible {
    package var databaseValue: Value { .blob(self) }

    package init?(databaseValue: Value) {
        guard case .blob(let bytes) = databaseValue else { return nil }
        self = bytes
    }
}

extension ValueConvertible where Self: RawRepresentable, RawValue: ValueConvertible {
    package var databaseValue: Value { rawValue.databaseValue }

    package init?(databaseValue: Value) {
        guard let rawValue = RawValue(databaseValue: databaseValue) else { return nil }
        self.init(rawValue: rawValue)
    }
}
