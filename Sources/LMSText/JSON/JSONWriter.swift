/// Writes JSON (RFC 8259), value by value, in the order in which it is told. What could steer a terminal is escaped in every
/// text.
package struct JSONWriter: ~Copyable {
    package enum Container: Sendable {
        case object, array
    }

    private var output: ByteOutput
    /// Whether the next key or value is not the first of its container.
    private var isBehindValue = false

    /// - Parameter capacity: How many bytes are written without moving them.
    package init(capacity: Int = 256) {
        output = ByteOutput(capacity: capacity)
    }

    package var bytes: [UInt8] { Array(output.bytes) }

    /// What `write` writes, as a text.
    package static func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.output.bytes, as: UTF8.self)
    }

    // MARK: - Objects and arrays

    package mutating func begin(_ container: Container) {
        beginValue()
        output.append(UInt8(ascii: container == .object ? "{" : "["))
        isBehindValue = false
    }

    package mutating func end(_ container: Container) {
        output.append(UInt8(ascii: container == .object ? "}" : "]"))
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
        beginValue()
        quote(key)
        output.append(UInt8(ascii: ":"))
        isBehindValue = false
    }

    private mutating func beginValue() {
        if isBehindValue { output.append(UInt8(ascii: ",")) }
        isBehindValue = true
    }

    // MARK: - Values

    package mutating func write(_ text: String) {
        beginValue()
        quote(text)
    }

    package mutating func write(_ value: Int) { write(Int64(value)) }

    package mutating func write(_ value: Int64) {
        beginValue()
        if value < 0 { output.append(UInt8(ascii: "-")) }
        append(value.magnitude)
    }

    package mutating func write(_ value: UInt64) {
        beginValue()
        append(value)
    }

    private mutating func append(_ number: UInt64) {
        if number >= 10 { append(number / 10) }
        output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    /// - Parameter number: As JSON writes numbers.
    package mutating func write(number: String) {
        beginValue()
        var number = number
        number.withUTF8 { output.append($0) }
    }

    package mutating func write(_ value: Bool) { write(word: value ? "true" : "false") }

    package mutating func writeNull() { write(word: "null") }

    private mutating func write(word: StaticString) {
        beginValue()
        append(word)
    }

    private mutating func append(_ word: StaticString) {
        output.append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
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

    // MARK: - Texts

    private mutating func quote(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            var index = JSONTextScan.firstToEscape(utf8, from: 0)
            guard index < utf8.count else { return output.append(utf8, between: UInt8(ascii: "\"")) }
            output.append(UInt8(ascii: "\""))
            output.append(utf8.extracting(..<index))
            while index < utf8.count {
                let start = escape(utf8, at: index)
                index = JSONTextScan.firstToEscape(utf8, from: start)
                output.append(utf8.extracting(start..<index))
            }
            output.append(UInt8(ascii: "\""))
        }
    }

    /// Writes one scalar, escaped where it has to be.
    ///
    /// - Parameter utf8: A whole text.
    /// - Returns: Where the next scalar begins.
    private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let byte = utf8[index]
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        case 0..<0x80: escape(UInt32(byte))
        default:
            let length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
            let scalar = utf8.extracting(index..<min(index + length, utf8.count))
            var value = UInt32(byte) & 0x7f >> UInt32(length)
            for next in scalar.dropFirst() { value = value << 6 | UInt32(next & 0x3f) }
            if Unicode.Scalar(value)?.isInvisibleControl == true { escape(value) } else { output.append(scalar) }
            return index + scalar.count
        }
        return index + 1
    }

    /// - Parameter scalar: One that steers; all of them lie in the first 65,536 code points, so four digits do.
    private mutating func escape(_ scalar: UInt32) {
        append("\\u")
        for shift in stride(from: UInt32(12), through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: scalar >> shift & 0xf)
            output.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }
}
