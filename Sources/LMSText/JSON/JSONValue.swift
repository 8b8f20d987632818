/// A JSON document (RFC 8259), read strictly: no duplicate keys, no lone surrogates, no deep nesting.
///
/// Foundation's decoder takes the last of two equal keys in silence, does not say which field is unknown, and its first use
/// costs a short command a fifteenth of its time.
package enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    /// As it was written.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    package struct Member: Sendable, Equatable {
        package let key: String
        package let value: JSONValue

        package init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// What is wrong with a document, and where, in bytes from its beginning.
    package struct SyntaxError: Error, Sendable, Equatable {
        package let problem: String
        package let offset: Int
    }

    /// Reads a document that is one value.
    ///
    /// - Throws: `SyntaxError`.
    package init(_ bytes: [UInt8]) throws(SyntaxError) {
        self = try bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) in try JSONValue(bytes) }
    }

    /// The same without an array of the bytes.
    package init(_ bytes: UnsafeBufferPointer<UInt8>) throws(SyntaxError) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }

    /// The member of an object; `nil` where this is no object, or has no such key.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key.isIdentical(to: key) }?.value
    }

    package var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    package var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// As it was written.
    package var number: String? {
        guard case .number(let digits) = self else { return nil }
        return digits
    }
}

private struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var depth = 0

    private static let depthLimit = 64
    /// Values in all: a body of nothing but brackets would take much more memory than it has bytes.
    private static let valueLimit = 100_000
    private var count = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func document() throws(JSONValue.SyntaxError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw error("something follows the value") }
        return value
    }

    private mutating func value() throws(JSONValue.SyntaxError) -> JSONValue {
        skipSpace()
        count += 1
        guard count <= Self.valueLimit else { throw error("too many values") }
        switch peek {
        case UInt8(ascii: "{"):
            return try nested { reader throws(JSONValue.SyntaxError) in try reader.object() }
        case UInt8(ascii: "["):
            return try nested { reader throws(JSONValue.SyntaxError) in try reader.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONValue.SyntaxError) -> JSONValue
    ) throws(JSONValue.SyntaxError) -> JSONValue {
        guard depth < Self.depthLimit else { throw error("too many levels") }
        depth += 1
        defer { depth -= 1 }
        index += 1
        return try read(&self)
    }

    private mutating func object() throws(JSONValue.SyntaxError) -> JSONValue {
        var members: [JSONValue.Member] = []
        var keys = DistinctKeys()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            let key = try string()
            guard keys.insert(key) else {
                throw error("the key \(quoted(key)) stands twice")
            }
            guard take(":") else { throw error("a colon is missing") }
            members.append(JSONValue.Member(key: key, value: try value()))
        } while take(",")
        guard take("}") else { throw error("a closing brace is missing") }
        return .object(members)
    }

    private mutating func array() throws(JSONValue.SyntaxError) -> JSONValue {
        var elements: [JSONValue] = []
        if take("]") { return .array([]) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw error("a closing bracket is missing") }
        return .array(elements)
    }

    /// A text may be nearly all of the document: it is measured first, so that it is copied once.
    private mutating func string() throws(JSONValue.SyntaxError) -> String {
        guard peek == UInt8(ascii: "\"") else { throw error("a string is missing") }
        index += 1
        let start = index
        var hasEscapes = false
        while true {
            index = JSONTextScan.firstToRead(bytes, from: index)
            guard let byte = peek, byte != UInt8(ascii: "\"") else { break }
            guard byte == UInt8(ascii: "\\") else { throw error("a control character stands in a string") }
            hasEscapes = true
            index += 2
        }
        guard index < bytes.count else { throw error("a string has no end") }
        let written = start..<index
        defer { index = written.upperBound + 1 }
        guard hasEscapes else {
            guard let text = String(validating: bytes[written], as: UTF8.self) else {
                throw error("a string is not UTF-8")
            }
            return text
        }
        guard (try? UTF8Span(validating: bytes.extracting(written).span)) != nil else {
            throw error("a string is not UTF-8")
        }
        index = start
        return try unescaped(upTo: written.upperBound)
    }

    private mutating func unescaped(upTo end: Int) throws(JSONValue.SyntaxError) -> String {
        var failure: JSONValue.SyntaxError?
        // No escape is shorter than what it stands for.
        let text = String(unsafeUninitializedCapacity: end - index) { buffer in
            var count = 0
            do throws(JSONValue.SyntaxError) {
                while index < end {
                    let byte = bytes[index]
                    index += 1
                    let scalar = byte == UInt8(ascii: "\\") ? try escape() : nil
                    guard let scalar else {
                        buffer[count] = byte
                        count += 1
                        continue
                    }
                    for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                        buffer[count] = unit
                        count += 1
                    }
                }
            } catch {
                failure = error
            }
            return count
        }
        if let failure { throw failure }
        return text
    }

    private mutating func escape() throws(JSONValue.SyntaxError) -> Unicode.Scalar {
        guard let byte = peek else { throw error("a string has no end") }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try scalar()
        default: throw error("there is no escape like this")
        }
    }

    /// `\uXXXX`, or two of them for a scalar beyond the first 65,536.
    private mutating func scalar() throws(JSONValue.SyntaxError) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), peek == UInt8(ascii: "\\") else {
            throw error("half of a character is missing")
        }
        index += 1
        guard peek == UInt8(ascii: "u") else { throw error("half of a character is missing") }
        index += 1
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw error("half of a character is missing") }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func codeUnit() throws(JSONValue.SyntaxError) -> UInt16 {
        let digits = bytes[index...].prefix(4)
        let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard digits.count == 4, isHexadecimal,
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw error("four hexadecimal digits are missing") }
        index += 4
        return unit
    }

    private mutating func number() throws(JSONValue.SyntaxError) -> JSONValue {
        let start = index
        if peek == UInt8(ascii: "-") { index += 1 }
        let integer = digits()
        guard integer.count == 1 || (integer.count > 1 && integer.first != UInt8(ascii: "0")) else {
            throw error("a value is missing")
        }
        if peek == UInt8(ascii: ".") {
            index += 1
            guard !digits().isEmpty else { throw error("a digit is missing") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            index += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
            guard !digits().isEmpty else { throw error("a digit is missing") }
        }
        return .number(String(decoding: bytes[start..<index], as: UTF8.self))
    }

    private mutating func digits() -> Slice<UnsafeBufferPointer<UInt8>> {
        let digits = bytes[index...].prefix { isASCIIDigit($0) }
        index = digits.endIndex
        return digits
    }

    private mutating func word(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONValue.SyntaxError) -> JSONValue {
        let expected = word.withUTF8Buffer { Array($0) }
        guard bytes[index...].starts(with: expected) else { throw error("a value is missing") }
        index += expected.count
        return value
    }

    private var peek: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { index += 1 }
    }

    private func error(_ problem: String) -> JSONValue.SyntaxError {
        JSONValue.SyntaxError(problem: problem, offset: index)
    }
}
