/// Writes JSON (RFC 8259), value by value, in the order in which it is told. What could steer a terminal is escaped in every
/// text.
@usableFromInline
package struct JSONWriter {
    package enum Container: Sendable {
        case object, array
    }

    package private(set) var bytes: [UInt8] = []
    /// Whether the next key or value is not the first of its container.
    private var isBehindValue = false

    package init() {}

    /// What `write` writes, as a text.
    package static func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    package mutating func reserveCapacity(_ count: Int) { bytes.reserveCapacity(count) }

    // MARK: - Objects and arrays

    package mutating func begin(_ container: Container) {
        beginValue()
        bytes.append(UInt8(ascii: container == .object ? "{" : "["))
        isBehindValue = false
    }

    package mutating func end(_ container: Container) {
        bytes.append(UInt8(ascii: container == .object ? "}" : "]"))
        isBehindValue = true
    }

    package mutating func object(_ members: (inout JSONWriter) -> Void) {
        begin(.object)
        members(&self)
        end(.object)
    }

    package mutating func array(_ elements: (inout JSONWriter) -> Void) {
        begin(.array)
        elements(&self)
        end(.array)
    }

    /// Writes the key of a member. Its value is written next.
    package mutating func key(_ key: String) {
        write(key)
        bytes.append(UInt8(ascii: ":"))
        isBehindValue = false
    }

    private mutating func beginValue() {
        if isBehindValue { bytes.append(UInt8(ascii: ",")) }
        isBehindValue = true
    }

    // MARK: - Values

    package mutating func write(_ text: String) {
        beginValue()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        let isWritten = text.withUTF8 { utf8 in
            guard utf8.allSatisfy(Self.isPlain) else { return false }
            bytes.append(contentsOf: utf8)
            return true
        }
        if !isWritten {
            for scalar in text.unicodeScalars { escape(scalar) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Inlinable, so that no number asks the runtime for its type.
    @inlinable package mutating func write(_ value: some BinaryInteger) { write(number: value.description) }

    /// - Parameter number: As JSON writes numbers.
    @usableFromInline package mutating func write(number: String) {
        beginValue()
        bytes.append(contentsOf: number.utf8)
    }

    package mutating func write(_ value: Bool) { write(word: value ? "true" : "false") }

    package mutating func writeNull() { write(word: "null") }

    private mutating func write(word: StaticString) {
        beginValue()
        bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: writeNull()
        case .boolean(let value): write(value)
        case .number(let number): write(number: number)
        case .string(let text): write(text)
        case .array(let elements):
            begin(.array)
            for element in elements { write(element) }
            end(.array)
        case .object(let members):
            begin(.object)
            for member in members {
                key(member.key)
                write(member.value)
            }
            end(.object)
        }
    }

    // MARK: - Escapes

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x20..<0x7f).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\"")]
        case "\\": bytes += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
        case "\n": bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case "\r": bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
        case "\t": bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
        case _ where scalar.isInvisibleControl:
            // All of them lie in the first 65,536 code points, so four digits do.
            let digits = String(scalar.value, radix: 16)
            bytes += Array("\\u".utf8)
            bytes += Array(repeating: UInt8(ascii: "0"), count: 4 - digits.utf8.count)
            bytes += Array(digits.utf8)
        default: bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        }
    }
}
