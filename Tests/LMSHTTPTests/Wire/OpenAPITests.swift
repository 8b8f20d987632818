import LMSCore
import LMSText
import Testing

@testable import LMSHTTP

/// The API's document.
@Suite struct OpenAPITests {
    let document: OpenAPIDocument

    init() throws { document = try OpenAPIDocument() }

    @Test func `it is what the server hands out, and says which version it is`() async throws {
        let document = document.root
        try await withServer { server in
            let answer = try await server.get("/openapi.json")
            #expect(try answer.json == document)
        }
        #expect(document["openapi"]?.string?.hasPrefix("3.1.") == true)
        #expect(document["info"]?["title"] != nil && document["info"]?["version"] != nil)
    }

    @Test func `every route is there, and nothing else but the fixed pages`() {
        let paths = document.root["paths"]?.members ?? []
        let described = paths.flatMap { path in
            (path.value.members ?? []).map { "\($0.key.uppercased()) \(path.key)" }
        }
        let pages = ["GET /healthz", "GET /readyz", "GET /openapi.json"]
        #expect(described.sorted() == (Routes.all.map(\.testDescription) + pages).sorted())
    }

    @Test(arguments: Routes.all)
    func `each route says what it takes, and every status that it can answer`(route: Route) throws {
        let operation = try #require(document.operation(route))
        #expect(operation["summary"]?.string?.isEmpty == false)
        #expect(
            operation["deprecated"]
                == (["leave", "delete"].contains { route.path.description.hasSuffix("/\($0)") } ? true : nil))
        let statuses = Set((operation["responses"]?.members ?? []).map(\.key))
        var expected: Set<String> = ["200", "400", "404", "413", "500", "503"]
        let isOpen = ["LogIn", "RegisterUser"].contains("\(route.useCase)")
        if !isOpen || "\(route.useCase)" == "LogIn" { expected.insert("401") }
        if route.creates { expected.insert("201") }
        if route.method == .post || route.method == .patch { expected.insert("415") }
        #expect(expected.subtracting(statuses).sorted() == [])
        #expect((operation["security"] == .array([])) == isOpen)
        guard case .array(let parameters) = operation["parameters"] ?? .array([]) else { return }
        let inPath = parameters.filter { $0["in"]?.string == "path" }
        #expect(inPath.compactMap { $0["name"]?.string } == route.path.parameters)
        #expect(inPath.allSatisfy { $0["required"] == true })
        let names = parameters.compactMap { $0["name"]?.string }
        #expect(names.contains("dry_run") == (route.effect == .writes))
        #expect((operation["requestBody"] != nil) == (route.method == .post || route.method == .patch))
    }

    @Test func `operations have names of their own`() {
        let names = Routes.all.compactMap { document.operation($0)?["operationId"]?.string }
        #expect(names.count == Routes.all.count && Set(names).count == names.count)
    }

    @Test func `every reference leads somewhere`() {
        var found = 0
        func walk(_ value: JSONValue) {
            if case .array(let elements) = value { elements.forEach(walk) }
            for member in value.members ?? [] {
                if member.key == "$ref", let pointer = member.value.string {
                    found += 1
                    #expect(JSONPointer(pointer).find(in: document.root) != nil, "\(pointer)")
                }
                walk(member.value)
            }
        }
        walk(document.root)
        #expect(found > 20)
    }

    @Test func `every field and parameter says what it means`() {
        var found = 0
        func walk(_ value: JSONValue, _ place: String) {
            if case .array(let elements) = value { for element in elements { walk(element, place) } }
            for field in value["properties"]?.members ?? [] {
                found += 1
                #expect(field.value["description"]?.string?.isEmpty == false, "\(place).\(field.key)")
            }
            for member in value.members ?? [] { walk(member.value, "\(place).\(member.key)") }
            guard case .array(let parameters) = value["parameters"] else { return }
            for parameter in parameters where parameter["$ref"] == nil {
                found += 1
                #expect(parameter["description"]?.string?.isEmpty == false, "\(place): \(parameter["name"]?.string ?? "")")
            }
        }
        walk(document.root, "")
        #expect(found > 100)
    }

    @Test func `the checker of schemas finds what is wrong`() throws {
        let schema: JSONValue = [
            "type": "object", "required": .array(["a"]), "additionalProperties": false,
            "properties": [
                "a": ["type": "integer", "minimum": 1], "b": ["anyOf": [["type": "null"], ["enum": ["x"]]]],
                "c": ["type": "array", "items": ["type": "string", "pattern": "^[0-9]+$"]],
            ],
        ]
        let checker = JSONSchema(value: schema, root: schema)
        #expect(checker.problems(["a": 1, "b": .null, "c": ["1"]]) == [])
        let wrong: [JSONValue] = [
            [:], ["a": 0], ["a": "1"], ["a": 1, "b": "y"], ["a": 1, "c": ["x"]], ["a": 1, "d": 1], [],
        ]
        for value in wrong { #expect(!checker.problems(value).isEmpty, "\(value)") }
        let unknown: JSONValue = ["oneOf": []]
        #expect(!JSONSchema(value: unknown, root: unknown).problems(1).isEmpty)
    }
}
