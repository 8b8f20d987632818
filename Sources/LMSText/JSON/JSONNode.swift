/// One value of a document that is written, as Codable asks for it.
///
/// Codable copies encoders and containers as it likes. What all of them write to is behind a pointer, and not in an object, which
/// would be asked at each value whether somebody else is at it. The pointer is good until the value is written, which is as long
/// as anybody has an encoder.
struct JSONNode: Encoder {
    let document: UnsafeMutablePointer<JSONDocument>
    /// How many objects and arrays it lies in.
    let depth: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func encode<T: Encodable>(_ value: T) throws {
        // A cast for each value would cost more than writing it.
        if T.self == String.self, let text = value as? String { return document.pointee.write(text) }
        try value.encode(to: self)
        document.pointee.end(to: depth)
    }

    func members<Key: CodingKey>(of type: Key.Type) -> JSONMembers<Key> {
        document.pointee.begin(.object, at: depth)
        return JSONMembers(document: document, depth: depth + 1)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(members(of: type))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        document.pointee.begin(.array, at: depth)
        return JSONElements(document: document, depth: depth + 1)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { JSONScalar(node: self) }
}

/// The elements of an array that is written.
private struct JSONElements: UnkeyedEncodingContainer {
    let document: UnsafeMutablePointer<JSONDocument>
    /// Of the elements.
    let depth: Int
    private(set) var count = 0

    init(document: UnsafeMutablePointer<JSONDocument>, depth: Int) {
        self.document = document
        self.depth = depth
    }

    var codingPath: [any CodingKey] { [] }

    private mutating func child() -> JSONNode {
        document.pointee.end(to: depth)
        count += 1
        return JSONNode(document: document, depth: depth)
    }

    mutating func encodeNil() { child().document.pointee.writeNull() }
    mutating func encode(_ value: some Encodable) throws { try child().encode(value) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        child().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }
    mutating func superEncoder() -> any Encoder { child() }
}

private struct JSONScalar: SingleValueEncodingContainer {
    let node: JSONNode
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { node.document.pointee.writeNull() }
    func encode(_ value: Bool) { node.document.pointee.write(value) }
    func encode(_ value: String) { node.document.pointee.write(value) }
    func encode(_ value: Int) { node.document.pointee.write(Int64(value)) }
    func encode(_ value: Int8) { node.document.pointee.write(Int64(value)) }
    func encode(_ value: Int16) { node.document.pointee.write(Int64(value)) }
    func encode(_ value: Int32) { node.document.pointee.write(Int64(value)) }
    func encode(_ value: Int64) { node.document.pointee.write(value) }
    func encode(_ value: UInt) { node.document.pointee.write(UInt64(value)) }
    func encode(_ value: UInt8) { node.document.pointee.write(UInt64(value)) }
    func encode(_ value: UInt16) { node.document.pointee.write(UInt64(value)) }
    func encode(_ value: UInt32) { node.document.pointee.write(UInt64(value)) }
    func encode(_ value: UInt64) { node.document.pointee.write(value) }
    func encode(_ value: Double) throws { throw unsupported(value) }
    func encode(_ value: Float) throws { throw unsupported(value) }
    func encode(_ value: some Encodable) throws { try node.encode(value) }

    private func unsupported(_ value: some Encodable) -> EncodingError {
        EncodingError.invalidValue(
            value, EncodingError.Context(codingPath: [], debugDescription: "no fractions in the API"))
    }
}
