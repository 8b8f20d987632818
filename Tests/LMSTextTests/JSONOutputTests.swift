import LMSText
import Testing

/// JSON that is written.
@Suite struct JSONOutputTests {
    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONOutput.bytes(value), as: UTF8.self)
    }

    private struct Zoo: Encodable {
        var zebra = "z"
        var ant: Int? = nil
        var yes = true
        var no = false
        var numbers = [1, -1, Int64.min, Int64.max]
        var small: UInt8 = 255
        var large = UInt64.max
        var nested = Inner()
        var nobody: [Inner] = []

        struct Inner: Encodable {
            var b = 1
            var a = ["x", "y"]
        }
    }

    @Test func `keys come in the order in which a type writes them; what is nil is left out`() throws {
        let expected = """
            {"zebra":"z","yes":true,"no":false,"numbers":[1,-1,-9223372036854775808,9223372036854775807],\
            "small":255,"large":18446744073709551615,"nested":{"b":1,"a":["x","y"]},"nobody":[]}
            """
        #expect(try text(Zoo()) == expected)
    }

    @Test func `a value is made as it would be read from its bytes`() throws {
        #expect(try JSONOutput.value(Zoo()) == JSONValue(JSONOutput.bytes(Zoo())))
        let lists = [[["a": 1], [:]], []]
        #expect(try JSONOutput.value(lists) == JSONValue(JSONOutput.bytes(lists)))
        #expect(try JSONOutput.value("x") == .string("x"))
        #expect(throws: EncodingError.self) { try JSONOutput.value([1.5]) }
    }

    @Test(arguments: ["-2.5e3", "1e2", "-0", "18446744073709551616"])
    func `a number is written as it was read`(digits: String) throws {
        let value = try JSONValue(Array(digits.utf8))
        #expect(String(decoding: JSONOutput.bytes(value), as: UTF8.self) == digits)
    }

    @Test(
        arguments: [
            ("", "\"\""), ("a\"b\\c/d", #""a\"b\\c/d""#), ("\n\r\t", #""\n\r\t""#),
            ("\u{0}\u{1b}\u{7f}\u{85}", #""\u0000\u001b\u007f\u0085""#),
            ("\u{202e}\u{2028}\u{feff}", #""\u202e\u2028\ufeff""#), ("é😀", "\"é😀\""),
            ("e\u{301}", "\"e\u{301}\""), ("\r\n", #""\r\n""#),
        ])
    func `texts are escaped so that they read as they were, and steer no terminal`(value: String, json: String) throws {
        #expect(try text(value).utf8.elementsEqual(json.utf8))
        let read = try JSONValue(JSONOutput.bytes(value)).string
        #expect(read.map { $0.utf8.elementsEqual(value.utf8) } == true)
    }

    private enum Word: String, Encodable {
        case yes
    }

    @Test func `values that stand alone`() throws {
        #expect(try text(true) == "true")
        #expect(try text(Int8.min) == "-128")
        #expect(try text([Int?.none, 1]) == "[null,1]")
        #expect(try text(Word.yes) == "\"yes\"")
        #expect(try text(Instant(seconds: 0)) == "\"1970-01-01T00:00:00Z\"")
        #expect(try text([[1], []]) == "[[1],[]]")
    }

    @Test func `what is read is written the same again`() throws {
        let document = #"{"b":[1,{"a":null}],"a":{"z":true,"y":"\u001b"},"c":[[],{}]}"#
        let value = try JSONValue(Array(document.utf8))
        #expect(String(decoding: JSONOutput.bytes(value), as: UTF8.self) == document)
    }

    @Test func `there are no fractions in the API`() {
        #expect(throws: EncodingError.self) { try JSONOutput.bytes([1.5]) }
    }

    @Test func `keys are escaped too`() throws {
        #expect(try text(["a\"\n": true]) == #"{"a\"\n":true}"#)
        let bytes = JSONOutput.bytes(.object([.init(key: "a\"\n", value: .boolean(true))]))
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"a\"\n":true}"#)
    }
}
