import LMSCore
import LMSText
import Testing

@testable import LMSHTTP

/// JSON that is read.
@Suite struct JSONInputTests {
    private struct Sample: Decodable, Equatable {
        var name: String
        var count: Int?
        var isOpen: Bool?
        var role: Role?
        var items: [Item]?

        struct Item: Decodable, Equatable {
            var id: Int64
        }
    }

    private func read(
        _ json: String, _ strictness: JSONInput.Strictness = .request, isText: Bool = false
    ) throws -> Sample {
        try JSONInput.value(
            Sample.self, from: JSONValue(Array(json.utf8)), strictness, isText: isText)
    }

    @Test(
        arguments: [
            ("{}", "name"), (#"{"name":1}"#, "name"), (#"{"name":null}"#, "name"),
            (#"{"name":"x","count":"1"}"#, "count"), (#"{"name":"x","count":1.0}"#, "count"),
            (#"{"name":"x","count":1e3}"#, "count"), (#"{"name":"x","count":-0}"#, "count"),
            (#"{"name":"x","count":9223372036854775808}"#, "count"),
            (#"{"name":"x","isOpen":1}"#, "isOpen"), (#"{"name":"x","isOpen":"true"}"#, "isOpen"),
            (#"{"name":"x","role":"admin"}"#, "role"), (#"{"name":"x","role":1}"#, "role"),
            (#"{"name":"x","count":null}"#, "count"), (#"{"name":"x","items":{}}"#, "items"),
            (#"{"name":"x","items":[1]}"#, "items[0]"), (#"{"name":"x","items":[{}]}"#, "items[0].id"),
            (#"{"name":"x","items":[{"id":1},{"id":"2"}]}"#, "items[1].id"),
            (#"{"name":"x","items":[{"id":1,"x":2}]}"#, "items[0].x"), (#"{"name":"x","y":1}"#, "y"),
            (#"{"name":"x","items":[null]}"#, "items[0]"), ("[]", ""), ("1", ""),
        ])
    func `what has another shape names its field, in words for people`(json: String, field: String) throws {
        let error = #expect(throws: JSONInput.ShapeError.self) { try read(json) }
        #expect(error?.field == field)
        for word in ["Swift", "Int", "String", "Optional", "Codable", "Sample", "Role", "decod"] {
            #expect(error?.reason.contains(word) == false)
        }
        #expect(error?.reason.isEmpty == false)
    }

    @Test func `what has the shape is read`() throws {
        let value = try read(#"{"role":"teacher","items":[{"id":9223372036854775807}],"name":"é"}"#)
        #expect(value == Sample(name: "é", role: .teacher, items: [.init(id: .max)]))
    }

    @Test func `an answer may have more fields, and null where nothing is`() throws {
        let json = #"{"name":"x","count":null,"later":{"a":[1]},"items":[{"id":1,"more":true}]}"#
        #expect(try read(json, .response) == Sample(name: "x", items: [.init(id: 1)]))
        #expect(throws: JSONInput.ShapeError.self) { try read(#"{"name":null}"#, .response) }
        #expect(throws: JSONInput.ShapeError.self) { try read(#"{"count":1}"#, .response) }
    }

    @Test func `in a query, numbers and truth values are texts`() throws {
        let value = try read(#"{"name":"1","count":"-12","isOpen":"false"}"#, isText: true)
        #expect(value == Sample(name: "1", count: -12, isOpen: false))
        for count in ["", "+1", "01", " 1", "1 ", "1.0", "x", "0x1", "١"] {
            #expect(throws: JSONInput.ShapeError.self) {
                try read(#"{"name":"x","count":"\#(count)"}"#, isText: true)
            }
        }
        for truth in ["", "1", "TRUE", "yes"] {
            #expect(throws: JSONInput.ShapeError.self) {
                try read(#"{"name":"x","isOpen":"\#(truth)"}"#, isText: true)
            }
        }
    }
}
