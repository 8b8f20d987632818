/// One value in a row or a statement, as both engines understand it.
@usableFromInline
package enum Value: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    /// About how much room it takes.
    package var byteCount: Int {
        switch self {
        case .null, .integer: 8
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        }
    }
}

/// A type that is stored in one column.
@usableFromInline
package protocol ValueConvertible: Sendable {
    /// What the database stores.
    var databaseValue: Value { get }

    /// Reads a stored value; `nil` where the value has another shape.
    init?(databaseValue: Value)
}

extension Int64: ValueConvertible {
    @inlinable package var databaseValue: Value { .integer(self) }

    @inlinable package init?(databaseValue: Value) {
        guard case .integer(let integer) = databaseValue else { return nil }
        self = integer
    }
}

extension Int: ValueConvertible {
    @inlinable package var databaseValue: Value { .integer(Int64(self)) }

    @inlinable package init?(databaseValue: Value) {
        guard case .integer(let integer) = databaseValue else { return nil }
        self.init(exactly: integer)
    }
}

extension String: ValueConvertible {
    @inlinable package var databaseValue: Value { .text(self) }

    @inlinable package init?(databaseValue: Value) {
        guard case .text(let text) = databaseValue else { return nil }
        self = text
    }
}

extension [UInt8]: ValueConvertible {
    @inlinable package var databaseValue: Value { .blob(self) }

    @inlinable package init?(databaseValue: Value) {
        guard case .blob(let bytes) = databaseValue else { return nil }
        self = bytes
    }
}

extension ValueConvertible where Self: RawRepresentable, RawValue: ValueConvertible {
    @inlinable package var databaseValue: Value { rawValue.databaseValue }

    @inlinable package init?(databaseValue: Value) {
        guard let rawValue = RawValue(databaseValue: databaseValue) else { return nil }
        self.init(rawValue: rawValue)
    }
}
