internal import LMSCore
internal import LMSText

/// The shape of a value on the wire, as the API's document describes it.
indirect enum WireSchema: Sendable {
    /// - Parameter length: In characters.
    case text(
        format: String? = nil, pattern: String? = nil, length: ClosedRange<Int>? = nil, choices: [String] = []
    )
    case integer(range: ClosedRange<Int>? = nil)
    /// A row's number.
    case identifier
    case boolean
    case array(WireSchema)
    case object([Field])

    struct Field: Sendable {
        let name: String
        let schema: WireSchema
        /// Whether it may be missing; in an answer, or null.
        let isOptional: Bool
        let example: JSONValue?
    }

    /// Reads the shape off the type's own `init(from:)`, so that the document cannot say anything else than
    /// the program does.
    ///
    /// - Throws: What the type throws where it does not take the examples.
    static func of<T: Decodable>(_ type: T.Type) throws -> WireSchema {
        try Recorder.record(type).schema
    }

    var fields: [Field] {
        guard case .object(let fields) = self else { return [] }
        return fields
    }
}

// MARK: - Reading a type

/// Decodes a type from its examples, and notes what it asks for.
private final class Recorder: Decoder {
    private var fields: [WireSchema.Field] = []
    private var element: WireSchema?

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func record<T: Decodable>(_ type: T.Type) throws -> (value: T, schema: WireSchema) {
        if let scalar = type as? any WireScalar.Type {
            return (try JSONInput.value(type, from: scalar.example, .request), scalar.schema)
        }
        let recorder = Recorder()
        let value = try T(from: recorder)
        return (value, recorder.element.map(WireSchema.array) ?? .object(recorder.fields))
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Members<Key>(recorder: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { Elements(recorder: self) }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw JSONInput.ShapeError(field: "", reason: "a type of the API is no WireScalar")
    }

    private final class Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let recorder: Recorder
        private var optional: Set<String> = []

        init(recorder: Recorder) { self.recorder = recorder }

        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { [] }
        func contains(_ key: Key) -> Bool { true }

        /// Asked only for what may be missing.
        func decodeNil(forKey key: Key) -> Bool {
            optional.insert(key.stringValue)
            return false
        }

        func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
            let (value, schema) = try Recorder.record(type)
            recorder.fields.append(
                WireSchema.Field(
                    name: key.stringValue, schema: schema, isOptional: optional.contains(key.stringValue),
                    example: (type as? any WireScalar.Type)?.example))
            return value
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedDecodingContainer<Nested> {
            recorder.container(keyedBy: type)
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
            recorder.unkeyedContainer()
        }
        func superDecoder() -> any Decoder { recorder }
        func superDecoder(forKey key: Key) -> any Decoder { recorder }
    }

    private struct Elements: UnkeyedDecodingContainer {
        let recorder: Recorder
        private(set) var currentIndex = 0

        init(recorder: Recorder) { self.recorder = recorder }

        var codingPath: [any CodingKey] { [] }
        var count: Int? { 1 }
        var isAtEnd: Bool { currentIndex == 1 }
        func decodeNil() -> Bool { false }

        mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
            currentIndex += 1
            let (value, schema) = try Recorder.record(type)
            recorder.element = schema
            return value
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedDecodingContainer<Nested> {
            recorder.container(keyedBy: type)
        }
        func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { recorder.unkeyedContainer() }
        func superDecoder() -> any Decoder { recorder }
    }
}
