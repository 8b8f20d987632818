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
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return bytes
    }

    private static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let digits): bytes.append(contentsOf: digits.utf8)
        case .string(let text): JSONString.append(text, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(element, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSONString.append(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                append(member.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// The document as it grows, and the values that are open in it. One thread has it while it is written.
    ///
    /// Bytes are most of a server's work, so they go straight into one array, and whether a tree is made instead is asked
    /// here and not behind a protocol.
    fileprivate final class Document {
        enum Form {
            case scalar
            case object
            case array
        }

        /// A value that is being written: it becomes an object or an array when a container is asked for.
        private struct Level {
            var form = Form.scalar
            var count = 0
        }

        private(set) var bytes: [UInt8] = []
        private let tree: JSONTree?
        private var levels: [Level] = []

        /// - Parameter tree: What is built in place of bytes.
        init(tree: JSONTree?) {
            self.tree = tree
            if tree == nil { bytes.reserveCapacity(1024) }
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
            levels.append(Level())
            return Node(document: self, level: levels.count - 1)
        }

        /// A second keyed container goes on with the same object.
        func open(_ form: Form, at level: Int) {
            guard levels[level].form == .scalar else { return }
            levels[level].form = form
            if let tree { return tree.open(isObject: form == .object) }
            bytes.append(UInt8(ascii: form == .object ? "{" : "["))
        }

        private func close(to depth: Int) {
            while levels.count > depth {
                let form = levels.removeLast().form
                guard form != .scalar else { continue }
                if let tree {
                    tree.close()
                } else {
                    bytes.append(UInt8(ascii: form == .object ? "}" : "]"))
                }
            }
        }

        /// A nested value that somebody may still write to ends with the next element.
        func beginElement(at level: Int) {
            close(to: level + 1)
            if levels[level].count > 0, tree == nil { bytes.append(UInt8(ascii: ",")) }
            levels[level].count += 1
        }

        func beginMember(_ key: String, at level: Int) {
            beginElement(at: level)
            if let tree {
                tree.key = key
                return
            }
            write(key)
            bytes.append(UInt8(ascii: ":"))
        }

        func write(_ text: String) {
            if let tree { return tree.add(.string(text)) }
            JSONString.append(text, to: &bytes)
        }

        func write(_ value: some BinaryInteger) {
            if let tree { return tree.add(.number(value.description)) }
            bytes.append(contentsOf: value.description.utf8)
        }

        func write(_ value: Bool) { write(value ? "true" : "false", .boolean(value)) }
        func writeNull() { write("null", .null) }

        private func write(_ text: StaticString, _ value: JSONValue) {
            if let tree { return tree.add(value) }
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }

    /// One value that is being written.
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
