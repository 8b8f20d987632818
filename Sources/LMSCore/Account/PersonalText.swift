package import LMSDatabase
internal import LMSText

/// A text about a person that only few may see. It prints as what it is, `(name)`, and reflection finds nothing in it: so no log, no
/// trail and no search entry has it by accident. An output that may show it takes the text out by `shown`.
package protocol PersonalText: Codable, Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable, ValueConvertible
{
    /// What it is, in one word.
    static var kind: String { get }
    /// The text, for outputs of whoever may see it.
    var shown: String { get }
    init(_ text: String)
}

extension PersonalText {
    package var description: String { "(\(Self.kind))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    package static func == (left: Self, right: Self) -> Bool { left.shown.isIdentical(to: right.shown) }

    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(shown)
    }

    package var databaseValue: Value { .text(shown) }

    package init?(databaseValue: Value) {
        guard case .text(let text) = databaseValue else { return nil }
        self.init(text)
    }
}
