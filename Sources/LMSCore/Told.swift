package import LMSDatabase
internal import LMSText

/// A value of an enumeration as a record tells it. A newer server may know more of them than this program: what it says is kept,
/// and printed as it is. What people give, in a request or on a command line, is the enumeration itself, which refuses the others.
package enum Told<Value: RawRepresentable<String> & Hashable & Sendable>: Sendable, Hashable, CustomStringConvertible {
    case known(Value)
    case other(String)

    package init(_ value: Value) { self = .known(value) }

    package init(rawValue: String) {
        // Texts are compared by `String`, which takes long over letters with very many marks.
        let value = rawValue.utf8.count <= 100 ? Value(rawValue: rawValue) : nil
        self = value.map(Told.known) ?? .other(rawValue)
    }

    package var rawValue: String {
        switch self {
        case .known(let value): value.rawValue
        case .other(let text): text
        }
    }

    /// `nil` for one that only a newer program knows.
    package var known: Value? {
        if case .known(let value) = self { value } else { nil }
    }

    package var description: String { rawValue }
}

package func == <Value>(told: Told<Value>?, value: Value) -> Bool { told?.known == value }
package func != <Value>(told: Told<Value>?, value: Value) -> Bool { told?.known != value }

extension Told: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(rawValue)
    }
}

/// A database has none that this program does not know: it would not keep the newer one's rules.
extension Told: ValueConvertible {
    package var databaseValue: LMSDatabase.Value { .text(rawValue) }

    package init?(databaseValue: LMSDatabase.Value) {
        guard case .text(let text) = databaseValue, let value = Value(rawValue: text) else { return nil }
        self = .known(value)
    }
}
