extension Decoder {
    /// Decodes a value that is written as text.
    @inlinable package func decodeText<T: LosslessStringConvertible>(as type: T.Type) throws -> T {
        let container = try singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = T(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a \(type)")
        }
        return value
    }
}

// What is stored in a type of its own is written as the plain value in long lists: an encoder takes a
// wrapped one through several generic calls, which is a fifth of a page's time.
extension KeyedEncodingContainer {
    /// Writes a text, or null where it is missing.
    @inlinable package mutating func encode(orNull value: String?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }

    /// Writes a number, or null where it is missing.
    @inlinable package mutating func encode(orNull value: Int64?, forKey key: Key) throws {
        if let value { try encode(value, forKey: key) } else { try encodeNil(forKey: key) }
    }
}

extension Encoder {
    @inlinable package func encodeText(_ value: some CustomStringConvertible) throws {
        var container = singleValueContainer()
        try container.encode(value.description)
    }
}
