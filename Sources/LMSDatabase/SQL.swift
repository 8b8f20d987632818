/// A statement with its values.
///
/// An interpolated value is bound, never spliced: `"… WHERE id = \(id)"`. An interpolated `SQL` is
/// spliced. Text comes from literals only, so a statement cannot be made of data.
///
/// Values are rendered as `$1`, `$2` … in the order of the text, which SQLite and PostgreSQL both take.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Part: Sendable {
        case text(StaticString)
        case value(Value)
    }

    let parts: [Part]

    package init(stringLiteral text: StaticString) {
        parts = [.text(text)]
    }

    package init(stringInterpolation interpolation: Interpolation) {
        parts = interpolation.parts
    }

    package struct Interpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(2 * interpolationCount + 1)
        }

        package mutating func appendLiteral(_ text: StaticString) {
            parts.append(.text(text))
        }

        package mutating func appendInterpolation(_ sql: SQL) {
            parts.append(contentsOf: sql.parts)
        }

        package mutating func appendInterpolation(_ value: some ValueConvertible) {
            parts.append(.value(value.databaseValue))
        }

        package mutating func appendInterpolation(_ value: (some ValueConvertible)?) {
            parts.append(.value(value?.databaseValue ?? .null))
        }

        /// Appends pieces of SQL with commas between them.
        package mutating func appendInterpolation(joined pieces: [SQL]) {
            for (index, piece) in pieces.enumerated() {
                if index > 0 { parts.append(.text(", ")) }
                parts.append(contentsOf: piece.parts)
            }
        }

        /// Appends `$1, $2, …`, for use as `IN (\(list: values))`. The list must not be empty.
        package mutating func appendInterpolation(list values: some Sequence<some ValueConvertible>) {
            for (index, value) in values.enumerated() {
                if index > 0 { parts.append(.text(", ")) }
                parts.append(.value(value.databaseValue))
            }
        }
    }

    /// The text with numbered placeholders, and the values in their order.
    var rendered: (text: String, values: [Value]) {
        var text = ""
        var values: [Value] = []
        for part in parts {
            switch part {
            case .text(let literal):
                literal.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
            case .value(let value):
                values.append(value)
                text += "$\(values.count)"
            }
        }
        return (text, values)
    }
}
