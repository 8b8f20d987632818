import LMSCore
import LMSText
import Testing

@testable import LMSHTTP

/// Queries and percent-encoding.
@Suite struct QueryStringTests {
    private func pairs(_ text: String) throws -> [String] {
        try QueryString.members(Substring(text)).map { "\($0.key)=\($0.value.string ?? "?")" }
    }

    @Test(
        arguments: [
            ("", []), ("a=1&b=2", ["a=1", "b=2"]), ("a", ["a="]), ("a=", ["a="]), ("a=b=c", ["a=b=c"]),
            ("q=a+b%20c%2B", ["q=a b c+"]), ("a%3Db=%26", ["a=b=&"]), ("q=%C3%A9", ["q=é"]),
            ("&a=1&&b=2&", ["a=1", "b=2"]),
        ])
    func `fields are read`(text: String, expected: [String]) throws {
        #expect(try pairs(text) == expected)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff", "%=1", "a=%C3", "a=1&a=2", "a=1&%61=1", "a&a=1"])
    func `what encodes nothing, and what stands twice, is refused`(text: String) {
        #expect(throws: JSONInput.ShapeError.self) { try pairs(text) }
    }

    @Test func `what is written is read the same again`() throws {
        let texts = ["", "a b", "a+b", "é😀", "&=?#/%", "\u{0}\u{1b}\r\n", "~-._", "e\u{301}"]
        let members = texts.enumerated().map { JSONValue.Member(key: "k\($0)&", value: .string($1)) }
        let text = QueryString.text(members)
        #expect(text.hasPrefix("?") && text.utf8.allSatisfy { (0x21..<0x7f).contains($0) })
        let read = try QueryString.members(text.dropFirst())
        #expect(read.count == members.count)
        for (member, original) in zip(read, texts) {
            #expect(member.value.string.map { $0.utf8.elementsEqual(original.utf8) } == true)
        }
        #expect(QueryString.text([]) == "")
    }

    @Test func `numbers and truth values are written plainly`() {
        #expect(QueryString.text(JSONValue.members(["limit": 5, "text": false])) == "?limit=5&text=false")
    }

    @Test func `only what RFC 3986 reserves nothing for stays as it is`() {
        #expect(PercentEncoding.encode("aZ09-._~") == "aZ09-._~")
        #expect(
            PercentEncoding.encode("/?#[]@!$&'()*+,;=% é")
                == "%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%20%C3%A9")
        #expect(PercentEncoding.decode("%2f%2F+") == "//+")
    }
}
