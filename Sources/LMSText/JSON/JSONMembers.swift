/// The members of an object that is written.
///
/// A record of long lists takes them as they are: Codable's own container around them is made anew for each record, and each of
/// its members goes through several generic calls, which takes four times as long as to write it.
package struct JSONMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
    @usableFromInline let document: UnsafeMutablePointer<JSONDocument>
    /// Of the members.
    @usableFromInline let depth: Int

    init(document: UnsafeMutablePointer<JSONDocument>, depth: Int) {
        self.document = document
        self.depth = depth
    }

    /// - Throws: `EncodingError` for an encoder that is not `JSONOutput`'s.
    @inlinable package init(of encoder: any Encoder) throws {
        (document, depth) = try Self.object(encoder)
    }

    /// Makes what an encoder writes an object.
    @usableFromInline
    static func object(_ encoder: any Encoder) throws -> (document: UnsafeMutablePointer<JSONDocument>, depth: Int) {
        guard let node = encoder as? JSONNode else {
            let context = EncodingError.Context(codingPath: [], debugDescription: "records are written by JSONOutput")
            throw EncodingError.invalidValue(encoder, context)
        }
        node.document.pointee.begin(.object, at: node.depth)
        return (node.document, node.depth + 1)
    }

    @inlinable package func encode(_ text: String, forKey key: Key) {
        document.pointee.writeMember(key.stringValue, at: depth, text)
    }

    @inlinable package func encode(_ number: Int64, forKey key: Key) {
        document.pointee.writeMember(key.stringValue, at: depth, number)
    }

    @inlinable package func encode(_ number: Int, forKey key: Key) { encode(Int64(number), forKey: key) }

    /// Writes a text, or null where it is missing.
    @inlinable package func encode(orNull text: String?, forKey key: Key) {
        document.pointee.writeMember(key.stringValue, at: depth, text)
    }

    /// Writes a number, or null where it is missing.
    @inlinable package func encode(orNull number: Int64?, forKey key: Key) {
        document.pointee.writeMember(key.stringValue, at: depth, number)
    }
}

// What Codable asks for besides.
extension JSONMembers {
    package var codingPath: [any CodingKey] { [] }

    private func child(_ key: Key) -> JSONNode {
        document.pointee.beginMember(key.stringValue, at: depth)
        return JSONNode(document: document, depth: depth)
    }

    package func encodeNil(forKey key: Key) { child(key).document.pointee.writeNull() }
    package func encode(_ value: Bool, forKey key: Key) { child(key).document.pointee.write(value) }
    package func encode(_ value: some Encodable, forKey key: Key) throws { try child(key).encode(value) }

    package func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        child(key).container(keyedBy: type)
    }
    package func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { child(key).unkeyedContainer() }
    package func superEncoder() -> any Encoder { JSONNode(document: document, depth: depth - 1) }
    package func superEncoder(forKey key: Key) -> any Encoder { child(key) }
}
