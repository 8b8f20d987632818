import Testing

@testable import LMSText

/// Texts in JSON: what is found in them eight bytes at a time, and what is written.
@Suite struct JSONTextTests {
    private static let specials: [UInt8] = [
        0, 1, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x7e, 0x7f, 0x80, 0xa2, 0xdc, 0xff,
    ]

    private func expectFound(_ bytes: [UInt8], from start: Int) {
        let isPlain = { (byte: UInt8) in byte >= 0x20 && byte < 0x7f && byte != 0x22 && byte != 0x5c }
        let isRead = { (byte: UInt8) in byte >= 0x20 && byte != 0x22 && byte != 0x5c }
        bytes.withUnsafeBufferPointer { bytes in
            let rest = bytes[start...]
            #expect(JSONTextScan.firstToEscape(bytes, from: start) == rest.firstIndex { !isPlain($0) } ?? bytes.count)
            #expect(JSONTextScan.firstToRead(bytes, from: start) == rest.firstIndex { !isRead($0) } ?? bytes.count)
        }
    }

    @Test func `each byte is found at each place, and the first of two`() {
        for length in 0..<20 {
            for place in 0..<length {
                for special in Self.specials {
                    var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    bytes[place] = special
                    for start in [0, place, place + 1] { expectFound(bytes, from: start) }
                    for next in Self.specials where place + 1 < length {
                        bytes[place + 1] = next
                        expectFound(bytes, from: 0)
                    }
                }
            }
        }
    }

    @Test func `bytes by chance are searched as one by one`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let length = Int.random(in: 0...40, using: &generator)
            let bytes = (0..<length).map { _ in
                Int.random(in: 0..<8, using: &generator) == 0
                    ? UInt8.random(in: .min ... .max, using: &generator) : UInt8.random(in: 0x61...0x7a, using: &generator)
            }
            expectFound(bytes, from: Int.random(in: 0...length, using: &generator))
        }
    }

    /// What RFC 8259 and the terminal ask for, scalar by scalar.
    private func naive(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case _ where scalar.isInvisibleControl:
                "\\u" + String(String(0x10000 + scalar.value, radix: 16).dropFirst())
            default: String(scalar)
            }
        }.joined()
    }

    @Test func `texts by chance are written as scalar by scalar, and read as they were`() throws {
        let scalars = Array(
            "ab cdefgh\"\\/\n\r\t\u{0}\u{1f}\u{7f}\u{80}\u{9f}\u{a0}é\u{7ff}\u{800}\u{202e}\u{2028}\u{feff}\u{ffff}😀\u{10ffff}\u{301}"
                .unicodeScalars)
        for _ in 0..<2000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...30) {
                text.append(Bool.random() ? "x" : scalars[Int.random(in: scalars.indices)])
            }
            let json = JSONWriter.text { $0.write(String(text)) }
            #expect(json.isIdentical(to: "\"\(naive(String(text)))\""))
            #expect(try JSONValue(Array(json.utf8)).string?.isIdentical(to: String(text)) == true)
        }
    }

    @Test func `a text larger than all room so far is whole`() {
        let text = String(repeating: "abcdefg\n", count: 10_000)
        let json = JSONWriter.text { json in
            json.array { json in
                json.write(text)
                json.write(text)
            }
        }
        let written = String(repeating: "abcdefg\\n", count: 10_000)
        #expect(json == "[\"\(written)\",\"\(written)\"]")
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, -1, -10, Int64.max, Int64.min])
    func `a number has its digits`(number: Int64) {
        #expect(JSONWriter.text { $0.write(number) } == number.description)
        #expect(JSONWriter.text { $0.write(number.magnitude) } == number.magnitude.description)
    }

    @Test(arguments: ["\"a\u{1}\"", "\"abcdefgh\u{1f}\"", "\"abcdefgh\n", "\"abc\\", "\"abc\\\"", "\"abcdefghij"])
    func `a text that holds a control character, or has no end, is refused`(json: String) {
        #expect(throws: JSONValue.SyntaxError.self) { try JSONValue(Array(json.utf8)) }
    }
}
