internal import LMSCore
internal import LMSText

/// Reads values from JSON that came over the wire, or from the fields of a query.
enum JSONInput {
    /// What is accepted beside the fields that a type asks for.
    enum Strictness {
        /// Every field must be known, and null is no value: what a client sends. A null could mean "leave alone" or "clear",
        /// and whoever wrote it would not find out which was taken.
        case request
        /// Fields that a later version has added are passed over: what a server answers.
        case response
    }

    /// A value that does not have the shape that a type needs.
    struct ShapeError: Error, Sendable {
        /// `username`, `usernames[2]`; empty for the document itself.
        let field: String
        let reason: String

        init(field: String, reason: String) {
            // A name that somebody made up can be long.
            self.field = String(String.UnicodeScalarView(field.unicodeScalars.prefix(200)))
            self.reason = reason
        }

        static func unknown(_ member: JSONValue.Member) -> ShapeError {
            ShapeError(field: member.key, reason: "there is no such field")
        }
    }

    /// - Parameter isText: Whether numbers and truth values are written as text, as in a query.
    /// - Throws: `ShapeError`, or what a type's `init(from:)` throws about its rules.
    static func value<T: Decodable>(
        _ type: T.Type, from value: JSONValue, _ strictness: Strictness, isText: Bool = false
    ) throws -> T {
        try Node(value, Reading(strictness: strictness, isText: isText), field: "").decode(type)
    }

    fileprivate struct Reading {
        let strictness: Strictness
        let isText: Bool
    }

    /// One value of the document. One thread has it while a document is read.
    fileprivate final class Node: Decoder {
        let value: JSONValue
        let reading: Reading
        let field: String
        /// Which of the members somebody has asked for.
        private var isKnown: [Bool]

        init(_ value: JSONValue, _ reading: Reading, field: String) {
            self.value = value
            self.reading = reading
            self.field = field
            isKnown = Array(repeating: false, count: reading.strictness == .request ? value.members?.count ?? 0 : 0)
        }

        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func decode<T: Decodable>(_ type: T.Type) throws -> T {
            // The choices are compared by `String`, which takes long over letters with very many marks.
            if let text = value.string, text.utf8.count > 100, T.self is any WireChoice.Type {
                throw ShapeError(type, field: field)
            }
            let result: T
            do {
                result = try T(from: self)
            } catch is DecodingError {
                throw ShapeError(type, field: field)
            }
            if let unknown = isKnown.firstIndex(of: false), let members = value.members {
                throw ShapeError(field: path(members[unknown].key), reason: "there is no such field")
            }
            return result
        }

        func member(_ key: String) -> JSONValue? {
            guard let members = value.members, let index = members.firstIndex(where: { $0.key.isIdentical(to: key) })
            else { return nil }
            if reading.strictness == .request { isKnown[index] = true }
            return members[index].value
        }

        func path(_ key: String) -> String { field.isEmpty ? key : "\(field).\(key)" }

        func wrong(_ expected: String) -> ShapeError {
            ShapeError(field: field, reason: "\(expected) is expected")
        }

        func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
            guard value.members != nil else { throw wrong("an object") }
            return KeyedDecodingContainer(Members<Key>(node: self))
        }

        func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
            guard case .array(let elements) = value else { throw wrong("an array") }
            return Elements(node: self, elements: elements)
        }

        func singleValueContainer() -> any SingleValueDecodingContainer { Scalar(node: self) }
    }
}

extension JSONInput.ShapeError {
    /// Says what a type's own rule refused, without the words of the standard library, which name types.
    fileprivate init(_ type: Any.Type, field: String) {
        let expected = (type as? any WireScalar.Type)?.expectation ?? "a value of another form"
        self.init(field: field, reason: "\(expected) is expected")
    }
}

// MARK: - Containers

extension JSONInput {
    fileprivate struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let node: Node
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { (node.value.members ?? []).compactMap { Key(stringValue: $0.key) } }

        private func child(_ key: Key) throws -> Node {
            guard let value = node.member(key.stringValue) else {
                throw ShapeError(field: node.path(key.stringValue), reason: "this field is missing")
            }
            return Node(value, node.reading, field: node.path(key.stringValue))
        }

        func contains(_ key: Key) -> Bool { node.member(key.stringValue) != nil }

        func decodeNil(forKey key: Key) throws -> Bool {
            guard try child(key).value == .null else { return false }
            guard node.reading.strictness == .response else {
                throw ShapeError(
                    field: node.path(key.stringValue), reason: "null is no value: leave the field out")
            }
            return true
        }

        func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
            try child(key).decode(type)
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> {
            try child(key).container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try child(key).unkeyedContainer()
        }

        func superDecoder() -> any Decoder { node }
        func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }
    }

    fileprivate struct Elements: UnkeyedDecodingContainer {
        let node: Node
        let elements: [JSONValue]
        private(set) var currentIndex = 0

        init(node: Node, elements: [JSONValue]) {
            self.node = node
            self.elements = elements
        }

        var codingPath: [any CodingKey] { [] }
        var count: Int? { elements.count }
        var isAtEnd: Bool { currentIndex == elements.count }

        private mutating func next() throws -> Node {
            let field = "\(node.field)[\(currentIndex)]"
            guard !isAtEnd else { throw ShapeError(field: field, reason: "this element is missing") }
            defer { currentIndex += 1 }
            return Node(elements[currentIndex], node.reading, field: field)
        }

        mutating func decodeNil() -> Bool {
            guard !isAtEnd, elements[currentIndex] == .null else { return false }
            currentIndex += 1
            return true
        }

        mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decode(type) }

        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) throws -> KeyedDecodingContainer<Nested> {
            try next().container(keyedBy: type)
        }

        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            try next().unkeyedContainer()
        }

        mutating func superDecoder() throws -> any Decoder { try next() }
    }

    fileprivate struct Scalar: SingleValueDecodingContainer {
        let node: Node
        var codingPath: [any CodingKey] { [] }

        func decodeNil() -> Bool { node.value == .null }

        func decode(_ type: String.Type) throws -> String {
            guard let text = node.value.string else { throw node.wrong("a text") }
            return text
        }

        func decode(_ type: Bool.Type) throws -> Bool {
            switch node.value {
            case .boolean(let value): return value
            case .string("true") where node.reading.isText: return true
            case .string("false") where node.reading.isText: return false
            default: throw node.wrong("true or false")
            }
        }

        private func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
            let text: String
            switch node.value {
            case .number(let number): text = number
            case .string(let number) where node.reading.isText: text = number
            default: throw node.wrong("a whole number")
            }
            // As JSON writes it: no plus, no leading zero, no fraction.
            guard let value = T(text), value.description == text else { throw node.wrong("a whole number") }
            return value
        }

        func decode(_ type: Int.Type) throws -> Int { try integer(type) }
        func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
        func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
        func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
        func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
        func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
        func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
        func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
        func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
        func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
        func decode(_ type: Double.Type) throws -> Double { throw node.wrong("a whole number") }
        func decode(_ type: Float.Type) throws -> Float { throw node.wrong("a whole number") }
        func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: node) }
    }
}
