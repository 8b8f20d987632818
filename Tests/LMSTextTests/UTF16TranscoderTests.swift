import Testing

@testable import LMSText

/// UTF-16 as UTF-8.
@Suite struct UTF16TranscoderTests {
    @Test(arguments: [1, 2, 3, 5])
    func `UTF-16 in pieces of any size gives the same`(size: Int) throws {
        let text = "a😀é生\u{10ffff}\u{7ff}\u{800}"
        var utf16 = try #require(UTF16Transcoder(mark: [0xff, 0xfe]))
        let bytes = text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
        let result = GrowingBytes(capacity: 1)
        for start in stride(from: 0, to: bytes.count, by: size) {
            Array(bytes[start...].prefix(size)).withUnsafeBytes { utf16.append($0, to: result) }
        }
        utf16.end(result)
        #expect(Array(result.bytes) == Array(text.utf8))
    }
}
