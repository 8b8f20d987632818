internal import LMSCore

/// Writes values as JSON (RFC 8259), the keys in the order in which a type encodes them.
///
/// Foundation's encoder has no order of its own, and takes several times as long for a page of courses.
enum JSONOutput {
    /// - Throws: What a value's `encode(to:)` throws.
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let buffer = Buffer()
        try Node(buffer).encode(value)
        return buffer.bytes
    }

    /// What all nodes of one document write to. One thread has it while a document is written.
    fileprivate final class Buffer {
        var bytes: [UInt8] = []

        init() { bytes.reserveCapacity(1024) }

        func raw(_ text: StaticString) {
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }

        func write(_ text: String) { JSONString.append(text, to: &bytes) }
        func write(_ value: Bool) { value ? raw("true") : raw("false") }

        func write(_ value: some BinaryInteger) {
            bytes.append(contentsOf: value.description.utf8)
        }
    }

    /// One value of the document: it becomes an object or an array when a container is asked for.
    fileprivate final class Node: Encoder {
        enum Form {
            case scalar
            case object
            case array
        }

        let buffer: Buffer
        private var form = Form.scalar
        private var count = 0
        /// A nested value that somebody may still write to: it ends with the next element.
        private var openChild: Node?

        init(_ buffer: Buffer) { self.buffer = buffer }

        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func encode(_ value: some Encodable) throws {
            switch value {
            case let text as String: buffer.write(text)
            default:
                try value.encode(to: self)
                close()
            }
        }

        /// A second keyed container goes on with the same object.
        func open(_ form: Form) {
            guard self.form == .scalar else { return }
            self.form = form
            if form == .object { buffer.raw("{") }
            if form == .array { buffer.raw("[") }
        }

        private func close() {
            openChild?.close()
            openChild = nil
            if form == .object { buffer.raw("}") }
            if form == .array { buffer.raw("]") }
        }

        func beginElement() {
            openChild?.close()
            openChild = nil
            if count > 0 { buffer.raw(",") }
            count += 1
        }

        func openedChild() -> Node {
            let child = Node(buffer)
            openChild = child
            return child
        }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
            open(.object)
            return KeyedEncodingContainer(Members<Key>(node: self))
        }

        func unkeyedContainer() -> any UnkeyedEncodingContainer {
            open(.array)
            return Elements(node: self)
        }

        func singleValueContainer() -> any SingleValueEncodingContainer { Scalar(buffer: buffer) }
    }
}

// MARK: - Containers

extension JSONOutput {
    fileprivate struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let node: Node
        var codingPath: [any CodingKey] { [] }

        private func begin(_ key: Key) -> Buffer {
            node.beginElement()
            node.buffer.write(key.stringValue)
            node.buffer.raw(":")
            return node.buffer
        }

        func encodeNil(forKey key: Key) { begin(key).raw("null") }
        func encode(_ value: Bool, forKey key: Key) { begin(key).write(value) }
        func encode(_ value: String, forKey key: Key) { begin(key).write(value) }
        func encode(_ value: Int, forKey key: Key) { begin(key).write(value) }
        func encode(_ value: Int64, forKey key: Key) { begin(key).write(value) }
        func encode(_ value: some Encodable, forKey key: Key) throws { try Node(begin(key)).encode(value) }

        private func child(_ key: Key) -> Node {
            _ = begin(key)
            return node.openedChild()
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            child(key).container(keyedBy: type)
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            child(key).unkeyedContainer()
        }
        func superEncoder() -> any Encoder { node }
        func superEncoder(forKey key: Key) -> any Encoder { child(key) }
    }

    fileprivate struct Elements: UnkeyedEncodingContainer {
        let node: Node
        var codingPath: [any CodingKey] { [] }
        private(set) var count = 0

        init(node: Node) { self.node = node }

        private mutating func begin() -> Buffer {
            node.beginElement()
            count += 1
            return node.buffer
        }

        mutating func encodeNil() { begin().raw("null") }
        mutating func encode(_ value: some Encodable) throws { try Node(begin()).encode(value) }

        private mutating func child() -> Node {
            _ = begin()
            return node.openedChild()
        }

        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedEncodingContainer<Nested> {
            child().container(keyedBy: type)
        }
        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child().unkeyedContainer() }
        mutating func superEncoder() -> any Encoder { child() }
    }

    fileprivate struct Scalar: SingleValueEncodingContainer {
        let buffer: Buffer
        var codingPath: [any CodingKey] { [] }

        func encodeNil() { buffer.raw("null") }
        func encode(_ value: Bool) { buffer.write(value) }
        func encode(_ value: String) { buffer.write(value) }
        func encode(_ value: Int) { buffer.write(value) }
        func encode(_ value: Int8) { buffer.write(value) }
        func encode(_ value: Int16) { buffer.write(value) }
        func encode(_ value: Int32) { buffer.write(value) }
        func encode(_ value: Int64) { buffer.write(value) }
        func encode(_ value: UInt) { buffer.write(value) }
        func encode(_ value: UInt8) { buffer.write(value) }
        func encode(_ value: UInt16) { buffer.write(value) }
        func encode(_ value: UInt32) { buffer.write(value) }
        func encode(_ value: UInt64) { buffer.write(value) }
        func encode(_ value: Double) throws { throw unsupported(value) }
        func encode(_ value: Float) throws { throw unsupported(value) }
        func encode(_ value: some Encodable) throws { try Node(buffer).encode(value) }

        private func unsupported(_ value: some Encodable) -> EncodingError {
            EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: [], debugDescription: "no fractions in the API"))
        }
    }
}
