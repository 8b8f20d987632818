/// A physical line of a YAML text, taken apart as its writer sees it: indentation, dashes, key, value.
struct YAMLLine {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The line, without its end.
    private let range: Range<Int>
    /// Where the indentation is over.
    let start: Int
    /// Where the indentation and the dashes of list items are over.
    let content: Int
    /// Where the `:` behind the key stands; `nil` for a line without a key.
    let colon: Int?
    /// What stands behind the key, or behind the dashes where there is none, without blanks at its ends.
    let value: Range<Int>

    /// - Parameter offset: In the line, in bytes from the text's beginning.
    init(around offset: Int, of bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        let offset = min(offset, bytes.count)
        let start = bytes[..<offset].lastIndex(where: Self.isLineEnd).map { $0 + 1 } ?? 0
        let end = bytes[offset...].firstIndex(where: Self.isLineEnd) ?? bytes.count
        range = start..<end

        self.start = bytes.skippingBlanks(from: start, to: end)
        var content = self.start
        while content < end, bytes[content] == UInt8(ascii: "-"), Self.isBlank(bytes, content + 1, end) {
            content = bytes.skippingBlanks(from: content + 1, to: end)
        }
        self.content = content
        // What begins with one of these is no key that anybody means.
        let isKey = content < end && !"'\"[{@`%&*!|>#".utf8.contains(bytes[content])
        colon =
            isKey
            ? (content..<end).first { bytes[$0] == UInt8(ascii: ":") && Self.isBlank(bytes, $0 + 1, end) }
            : nil
        let valueStart = bytes.skippingBlanks(from: colon.map { $0 + 1 } ?? content, to: end)
        let last = bytes[valueStart..<end].lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        value = valueStart..<(last.map { $0 + 1 } ?? valueStart)
    }

    /// Whether an end of the line or a blank stands there.
    private static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ end: Int) -> Bool {
        offset >= end || bytes[offset] == UInt8(ascii: " ") || bytes[offset] == UInt8(ascii: "\t")
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// The line's text, from the content on.
    var text: String { String(decoding: bytes[content..<range.upperBound], as: UTF8.self) }

    var valueText: String { String(decoding: bytes[value], as: UTF8.self) }

    /// The first byte of the value, which may be one of YAML's indicators.
    var indicator: UInt8? { value.isEmpty ? nil : bytes[value.lowerBound] }

    /// Whether the value begins with an indicator and a blank, as a list's item does.
    func valueBegins(with indicator: UInt8) -> Bool {
        self.indicator == indicator && Self.isBlank(bytes, value.lowerBound + 1, value.upperBound)
    }

    /// What stands behind the quote or bracket that ends the value's first one; `nil` where none does.
    var tail: Range<Int>? {
        guard let indicator,
            let end = indicator == UInt8(ascii: "[") || indicator == UInt8(ascii: "{") ? bracketEnd : quoteEnd
        else { return nil }
        let rest = bytes.skippingBlanks(from: end, to: value.upperBound)
        // A comment is no part of the text.
        return rest > end && rest < value.upperBound && bytes[rest] == UInt8(ascii: "#")
            ? rest..<rest : rest..<value.upperBound
    }

    private var bracketEnd: Int? {
        var depth = 0
        for offset in value {
            switch bytes[offset] {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: continue
            }
            if depth == 0 { return offset + 1 }
        }
        return nil
    }

    private var quoteEnd: Int? {
        guard let indicator else { return nil }
        var offset = value.lowerBound + 1
        while offset < value.upperBound {
            let byte = bytes[offset]
            let isDoubled = offset + 1 < value.upperBound && bytes[offset + 1] == indicator
            if byte == UInt8(ascii: "\\"), indicator == UInt8(ascii: "\"") {
                offset += 2
            } else if byte == indicator, indicator == UInt8(ascii: "'"), isDoubled {
                offset += 2
            } else if byte == indicator {
                return offset + 1
            } else {
                offset += 1
            }
        }
        return nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The first offset at which neither a space nor a tab stands.
    func skippingBlanks(from start: Int, to end: Int) -> Int {
        var offset = start
        while offset < end, self[offset] == UInt8(ascii: " ") || self[offset] == UInt8(ascii: "\t") {
            offset += 1
        }
        return offset
    }
}
