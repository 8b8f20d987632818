internal import LMSText

/// What somebody wrote to name a thing. A text that cannot name one is simply not found.
package protocol Reference: Codable, Sendable, LosslessStringConvertible {
    var text: String { get }
    init(_ text: String)
}

extension Reference {
    package var description: String { text }

    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(text)
    }

    /// The id that it names: `7`, or `material:7` as a search prints it. No code and no id has a colon. It is read wherever an
    /// id is, also in the paths of HTTP.
    func id<ID: Identifier>(of kind: SearchHit.Kind) -> ID? {
        let prefix = "\(kind.rawValue):"
        return ID(text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text)
    }
}
