internal import LMSCore
internal import LMSText

/// Writes values as JSON (RFC 8259), the keys in the order in which a type encodes them.
///
/// Foundation's encoder has no order of its own, and takes several times as long for a page of courses.
enum JSONOutput {
    /// - Throws: What a value's `encode(to:)` throws.
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        var document = Document(tree: nil)
        try document.write(value)
        return document.json.bytes
    }

    /// The same document as a value, for those who need its parts.
    ///
    /// - Throws: What a value's `encode(to:)` throws.
    static func value(_ value: some Encodable) throws -> JSONValue {
        let tree = JSONTree()
        var document = Document(tree: tree)
        try document.write(value)
        return tree.root
    }

    /// Writes a document that was read, or made.
    static func bytes(_ value: JSONValue) -> [UInt8] {
        var json = JSONWriter()
        json.write(value)
        return json.bytes
    }

    /// The document as it grows.
    ///
    /// Bytes are most of a server's work, so they go straight to their place, and whether a tree is made instead is asked here and
    /// not behind a protocol.
    fileprivate struct Document: ~Copyable {
        var json = JSONWriter(capacity: 1024)
        private let tree: JSONTree?
        /// The objects and arrays that are open.
        private var open: [JSONWriter.Container] = []

        /// - Parameter tree: What is built in place of bytes.
        init(tree: JSONTree?) {
            self.tree = tree
            open.reserveCapacity(8)
        }

        mutating func write(_ value: some Encodable) throws {
            try withUnsafeMutablePointer(to: &self) { try Node(document: $0, depth: 0).encode(value) }
        }

        /// Makes the value at a depth an object or an array. A second keyed container goes on with the same object.
        mutating func begin(_ container: JSONWriter.Container, at depth: Int) {
            guard open.count == depth else { return end(to: depth + 1) }
            open.append(container)
            if let tree { return tree.open(isObject: container == .object) }
            json.begin(container)
        }

        /// Ends what lies deeper: a nested value that somebody may still write to ends with what comes behind it.
        mutating func end(to depth: Int) {
            while open.count > depth {
                let container = open.removeLast()
                if let tree { tree.close() } else { json.end(container) }
            }
        }

        mutating func beginMember(_ key: String, at depth: Int) {
            end(to: depth)
            if let tree { tree.key = key } else { json.key(key) }
        }

        mutating func write(_ text: String) {
            if let tree { return tree.add(.string(text)) }
            json.write(text)
        }

        mutating func write(_ value: Int64) {
            if let tree { return tree.add(.number(value.description)) }
            json.write(value)
        }

        mutating func write(_ value: UInt64) {
            if let tree { return tree.add(.number(value.description)) }
            json.write(value)
        }

        mutating func write(_ value: Bool) {
            if let tree { return tree.add(.boolean(value)) }
            json.write(value)
        }

        mutating func writeNull() {
            if let tree { return tree.add(.null) }
            json.writeNull()
        }
    }

    /// One value of the document.
    ///
    /// Codable copies encoders and containers as it likes. What all of them write to is behind a pointer, and not in an object,
    /// which would be asked at each byte whether somebody else is at it. The pointer is good until the value is written, which is
    /// as long as anybody has an encoder.
    fileprivate struct Node: Encoder {
        let document: UnsafeMutablePointer<Document>
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

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
            document.pointee.begin(.object, at: depth)
            return KeyedEncodingContainer(Members<Key>(document: document, depth: depth + 1))
        }

        func unkeyedContainer() -> any UnkeyedEncodingContainer {
            document.pointee.begin(.array, at: depth)
            return Elements(document: document, depth: depth + 1)
        }

        func singleValueContainer() -> any SingleValueEncodingContainer { Scalar(node: self) }
    }
}

// MARK: - Containers

extension JSONOutput {
    fileprivate struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let document: UnsafeMutablePointer<Document>
        /// Of the members.
        let depth: Int
        var codingPath: [any CodingKey] { [] }

        private func begin(_ key: Key) { document.pointee.beginMember(key.stringValue, at: depth) }

        private func child(_ key: Key) -> Node {
            begin(key)
            return Node(document: document, depth: depth)
        }

        func encodeNil(forKey key: Key) {
            begin(key)
            document.pointee.writeNull()
        }

        func encode(_ value: Bool, forKey key: Key) {
            begin(key)
            document.pointee.write(value)
        }

        func encode(_ value: String, forKey key: Key) {
            begin(key)
            document.pointee.write(value)
        }

        func encode(_ value: Int, forKey key: Key) { encode(Int64(value), forKey: key) }

        func encode(_ value: Int64, forKey key: Key) {
            begin(key)
            document.pointee.write(value)
        }

        func encode(_ value: some Encodable, forKey key: Key) throws { try child(key).encode(value) }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            child(key).container(keyedBy: type)
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { child(key).unkeyedContainer() }
        func superEncoder() -> any Encoder { Node(document: document, depth: depth - 1) }
        func superEncoder(forKey key: Key) -> any Encoder { child(key) }
    }

    fileprivate struct Elements: UnkeyedEncodingContainer {
        let document: UnsafeMutablePointer<Document>
        /// Of the elements.
        let depth: Int
        private(set) var count = 0

        init(document: UnsafeMutablePointer<Document>, depth: Int) {
            self.document = document
            self.depth = depth
        }

        var codingPath: [any CodingKey] { [] }

        private mutating func child() -> Node {
            document.pointee.end(to: depth)
            count += 1
            return Node(document: document, depth: depth)
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

    fileprivate struct Scalar: SingleValueEncodingContainer {
        let node: Node
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
}
