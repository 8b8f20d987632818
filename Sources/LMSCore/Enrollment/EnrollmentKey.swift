/// The key of a course, as somebody gives or is shown it: eight letters and digits, in any case, with blanks and dashes anywhere.
/// It prints as nothing, so that it cannot reach a log.
package struct EnrollmentKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// As it was given; of a stored key `K7QX-93MF`: to be shown to a teacher, sent, or written where secrets are asked for.
    package let secret: String
    /// The eight signs as they are stored and compared; `nil` for a text that is no key.
    let folded: String?
    /// Whether it is what a key looks like.
    package var isKey: Bool { folded != nil }
    /// Whether nothing was given: nothing but blanks and dashes.
    let isEmpty: Bool

    /// In Unicode scalars. A longer text is no key.
    package static let limit = 100

    package init(_ text: String) {
        let signs = text.unicodeScalars.prefix(Self.limit + 1).filter { !Self.isNothing($0) }
        secret = text
        isEmpty = signs.isEmpty
        let isKey =
            text.unicodeScalars.count <= Self.limit && signs.count == Self.length
            && signs.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0) }
        folded = isKey ? String(String.UnicodeScalarView(signs)).uppercased() : nil
    }

    /// Whether it has the signs that keys are made of, and no others.
    var couldBeMade: Bool { folded.map { $0.utf8.allSatisfy(Self.alphabet.contains) } ?? false }

    /// - Parameter folded: The eight signs of one that is stored.
    init(stored folded: String) {
        self.init("\(folded.prefix(Self.length / 2))-\(folded.dropFirst(Self.length / 2))")
    }

    /// One that nobody can foresee.
    static func random() -> EnrollmentKey {
        var signs: [UInt8] = []
        // Each sign is as likely as any other.
        let fair = 256 - 256 % alphabet.count
        while signs.count < length {
            signs += Randomness.bytes(length).filter { $0 < fair }.map { alphabet[Int($0) % alphabet.count] }
        }
        return EnrollmentKey(stored: String(decoding: signs.prefix(length), as: UTF8.self))
    }

    private static let length = 8
    /// Without those that are taken for each other on a board: 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V.
    private static let alphabet = Array("34679ACDEFGHJKMNPQRTWXY".utf8)

    /// Whether it is a blank or a dash, of those that programs put in the place of others, too.
    private static func isNothing(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return properties.isWhitespace || properties.isDefaultIgnorableCodePoint || properties.isDash
    }

    package var description: String { "(key)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension EnrollmentKey: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(secret)
    }
}
