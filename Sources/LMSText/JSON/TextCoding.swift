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

extension Encoder {
    @inlinable package func encodeText(_ value: some CustomStringConvertible) throws {
        var container = singleValueContainer()
        try container.encode(value.description)
    }
}
