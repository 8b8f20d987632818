package import LMSCore

/// A document that was read, or made, is written as it stands.
extension JSONValue: Encodable {
    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let members):
            var container = encoder.container(keyedBy: AnyKey.self)
            for member in members { try container.encode(member.value, forKey: AnyKey(member.key)) }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .null, .boolean, .number, .string:
            var container = encoder.singleValueContainer()
            switch self {
            case .string(let text): try container.encode(text)
            case .boolean(let value): try container.encode(value)
            case .number(let text):
                // Nothing of ours has other numbers, and none becomes another one in silence.
                guard let value = Int64(text), value.description == text else {
                    throw EncodingError.invalidValue(
                        text, .init(codingPath: container.codingPath, debugDescription: "no whole number"))
                }
                try container.encode(value)
            default: try container.encodeNil()
            }
        }
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}
