internal import LMSCore
internal import LMSText

/// Writes values as JSON (RFC 8259), the keys in the order in which a type encodes them.
///
/// Foundation's encoder has no order of its own, and takes several times as long for a page of courses.
enum JSONOutput {
    /// - Throws: What a value's `encode(to:)` throws.
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let document = Document(tree: nil)
        try document.encode(value)
        return document.bytes
    }

    /// The same document as a value, for those who need its parts.
    ///
    /// - Throws: What a value's `encode(to:)` throws.
    static func value(_ value: some Encodable) throws -> JSONValue {
        let tree = JSONTree()
        try Document(tree: tree).encode(value)
        return tree.root
    }

    /// Writes a document that was read, or made.
    static func bytes(_ value: JSONValue) -> [UInt8] {
        var json = JSONWriter()
        json.write(value)
        return json.bytes
    }

    /// The document as it grows, and the values that are open in it. One thread has it while it is written.
    ///
    /// Bytes are most of a server's work, so they go straight into one array, and whether a tree is made instead is asked
    /// here and not behind a protocol.
    fileprivate final class Document {
        private var json = JSONWriter()
        private let tree: JSONTree?
        /// The values that are being written. One becomes an object or an array when a container is asked for.
        private var levels: [JSONWriter.Container?] = []

        var bytes: [UInt8] { json.bytes }

        /// - Parameter tree: What is built in place of bytes.
        init(tree: JSONTree?) {
            self.tree = tree
            if tree == nil { json.reserveCapacity(1024) }
            levels.reserveCapacity(8)
        }

        func encode<T: Encodable>(_ value: T) throws {
            // A cast for each value would cost more than writing it.
            if T.self == String.self, let text = value as? String { return write(text) }
            let depth = levels.count
            try value.encode(to: openedNode())
            close(to: depth)
        }

        func openedNode() -> Node {
            levels.append(nil)
            return Node(document: self, level: levels.count - 1)
        }

        /// A second keyed container goes on with the same object.
        func open(_ container: JSONWriter.Container, at level: Int) {
            guard levels[level] == nil else { return }
            levels[level] = container
            if let tree { return tree.open(isObject: container == .object) }
            json.begin(container)
        }

        private func close(to depth: Int) {
            while levels.count > depth {
                guard let container = levels.removeLast() else { continue }
                if let tree { tree.close() } else { json.end(container) }
            }
        }

        /// A nested value that somebody may still write to ends with the next element.
        func beginElement(at level: Int) {
            close(to: level + 1)
        }

        func beginMember(_ key: String, at level: Int) {
            beginElement(at: level)
            if let tree { tree.key = key } else { json.key(key) }
        }

        func write(_ text: String) {
            if let tree { return tree.add(.string(text)) }
            json.write(text)
        }

        func write(_ value: some BinaryInteger) {
            if let tree { return tree.add(.number(value.description)) }
            json.write(value)
        }

        func write(_ value: Bool) {
            if let tree { return tree.add(.boolean(value)) }
            json.write(value)
        }

        func writeNull() {
            if let tree { return tree.add(.null) }
            json.writeNull()
        }
    }

    /// One value of the document.
    fileprivate struct Node: Encoder {
        let document: Document
        let level: Int

        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
            document.open(.object, at: level)
            return KeyedEncodingContainer(Members<Key>(document: document, level: level))
        }

        func unkeyedContainer() -> any UnkeyedEncodingContainer {
            document.open(.array, at: level)
            return Elements(document: document, level: level)
        }

        func singleValueContainer() -> any SingleValueEncodingContainer { Scalar(document: document) }
    }
}

// MARK: - Containers

extension JSONOutput {
    fileprivate struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let document: Document
        let level: Int
        var codingPath: [any CodingKey] { [] }

        private func begin(_ key: Key) -> Document {
            document.beginMember(key.stringValue, at: level)
            return document
        }

        func encodeNil(forKey key: Key) { begin(key).writeNull() }
        func encode(_ value: Bool, forKey key: Key) { begin(key).write(value) }
        func encode(_ value: String, forKey key: Key) { begin(key).write(value) }
        func encode(_ value: Int, forKey key: Key) { begin(key).write(value) }
        func encode(_ value: Int64, forKey key: Key) { begin(key).write(value) }
        func encode(_ value: some Encodable, forKey key: Key) throws { try begin(key).encode(value) }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            begin(key).openedNode().container(keyedBy: type)
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            begin(key).openedNode().unkeyedContainer()
        }
        func superEncoder() -> any Encoder { Node(document: document, level: level) }
        func superEncoder(forKey key: Key) -> any Encoder { begin(key).openedNode() }
    }

    fileprivate struct Elements: UnkeyedEncodingContainer {
        let document: Document
        let level: Int
        private(set) var count = 0

        init(document: Document, level: Int) {
            self.document = document
            self.level = level
        }

        var codingPath: [any CodingKey] { [] }

        private mutating func begin() -> Document {
            document.beginElement(at: level)
            count += 1
            return document
        }

        mutating func encodeNil() { begin().writeNull() }
        mutating func encode(_ value: some Encodable) throws { try begin().encode(value) }

        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedEncodingContainer<Nested> {
            begin().openedNode().container(keyedBy: type)
        }
        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            begin().openedNode().unkeyedContainer()
        }
        mutating func superEncoder() -> any Encoder { begin().openedNode() }
    }

    fileprivate struct Scalar: SingleValueEncodingContainer {
        let document: Document
        var codingPath: [any CodingKey] { [] }

        func encodeNil() { document.writeNull() }
        func encode(_ value: Bool) { document.write(value) }
        func encode(_ value: String) { document.write(value) }
        func encode(_ value: Int) { document.write(value) }
        func encode(_ value: Int8) { document.write(value) }
        func encode(_ value: Int16) { document.write(value) }
        func encode(_ value: Int32) { document.write(value) }
        func encode(_ value: Int64) { document.write(value) }
        func encode(_ value: UInt) { document.write(value) }
        func encode(_ value: UInt8) { document.write(value) }
        func encode(_ value: UInt16) { document.write(value) }
        func encode(_ value: UInt32) { document.write(value) }
        func encode(_ value: UInt64) { document.write(value) }
        func encode(_ value: Double) throws { throw unsupported(value) }
        func encode(_ value: Float) throws { throw unsupported(value) }
        func encode(_ value: some Encodable) throws { try document.encode(value) }

        private func unsupported(_ value: some Encodable) -> EncodingError {
            EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: [], debugDescription: "no fractions in the API"))
        }
    }
}
