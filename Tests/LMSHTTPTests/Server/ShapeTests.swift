import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// The shape of requests.
@Suite struct ShapeTests {
    private func check(
        _ code: LMSError.Code, naming field: String, _ requests: [RawRequest],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            for request in requests {
                var request = request
                if let token = scene.people[.to]?.token {
                    request = request.adding("Authorization", "Bearer \(token.secret)")
                }
                let answer = try await server.send(request)
                let what =
                    "\(request.target) \(String(decoding: request.body ?? [], as: UTF8.self).prefix(80))"
                expectProblem(code, answer, "\(what)", sourceLocation: sourceLocation)
                let isNamed = field.isEmpty || answer.detail.contains(field)
                #expect(isNamed, "\(what): \(answer.detail)", sourceLocation: sourceLocation)
                for word in ["Swift", "Optional", "Coding", "Decod", "Int64", "LMS", "UInt8"] {
                    #expect(!answer.text.contains(word), "\(what)", sourceLocation: sourceLocation)
                }
            }
            #expect(try await scene.world.dump() == before, sourceLocation: sourceLocation)
        }
    }

    private func create(_ json: String) -> RawRequest { RawRequest("POST", "/course", json: json) }

    @Test func `an unknown field of a body is named`() async throws {
        try await check(
            .malformed, naming: "'colour'",
            [
                create(#"{"title":"x","colour":"red"}"#),
                RawRequest("PATCH", "/course/bio-101", json: #"{"colour":1}"#),
                RawRequest("POST", "/auth/logout", json: #"{"colour":null}"#),
                RawRequest(
                    "POST", "/auth/register",
                    json: #"{"username":"a","password":"kapal layar","role":"student","colour":"x"}"#),
            ])
    }

    @Test func `a body cannot say what the path says, nor what the caller may not choose`() async throws {
        try await check(
            .malformed, naming: "'course'",
            [
                RawRequest("PATCH", "/course/bio-101", json: #"{"course":"2","title":"x"}"#),
                RawRequest("PATCH", "/material/1", json: #"{"course":"bio-101","title":"x"}"#),
                RawRequest("GET", "/material/1?course=bio-101"),
                RawRequest("DELETE", "/course/bio-101?course=2"),
            ])
        try await check(.malformed, naming: "'teacher_id'", [create(#"{"title":"x","teacher_id":2}"#)])
        try await check(
            .malformed, naming: "'id'",
            [
                RawRequest(
                    "POST", "/auth/register",
                    json: #"{"username":"a","password":"kapal layar","role":"teacher","id":1}"#)
            ])
    }

    @Test func `an unknown field of a query is named, on every route`() async throws {
        let requests = Routes.all.filter { $0.useCase != LogOut.self }.map { route in
            // What a query must have is said before what it must not.
            let needed = route.useCase == SearchTexts.self ? "q=x&" : ""
            return RawRequest(
                route.method.rawValue,
                route.path.path { $0 == "course" ? "bio-101" : "1" } + "?\(needed)colour=red")
        }
        try await check(.malformed, naming: "'colour'", requests)
    }

    @Test func `a field of a body has no place in a query`() async throws {
        try await check(
            .malformed, naming: "'title'",
            [
                RawRequest("POST", "/course?title=x", json: #"{"title":"x"}"#),
                RawRequest("PATCH", "/course/bio-101?title=x"),
            ])
    }

    @Test func `a field of a query stands once`() async throws {
        try await check(.malformed, naming: "'limit'", [RawRequest("GET", "/course?limit=1&limit=1")])
        try await check(.malformed, naming: "'scope'", [RawRequest("GET", "/course?scope=all&sc%6Fpe=mine")])
        try await check(
            .malformed, naming: "'dry_run'",
            [RawRequest("DELETE", "/course/bio-101?dry_run=true&dry_run=false")])
    }

    @Test func `null is no value`() async throws {
        try await check(
            .malformed, naming: "'description'", [create(#"{"title":"x","description":null}"#)])
        try await check(.malformed, naming: "'title'", [create(#"{"title":null}"#)])
        try await check(
            .malformed, naming: "'title'",
            [RawRequest("PATCH", "/material/1", json: #"{"title":null,"description":"x"}"#)])
    }

    @Test func `a key stands once`() async throws {
        try await check(
            .malformed, naming: "'title'",
            [create(#"{"title":"x","title":"y"}"#), create(#"{"title":"x","\u0074itle":"x"}"#)])
    }

    @Test func `a value of another type names its field`() async throws {
        for value in ["1", "true", "[]", "{}", #"["x"]"#, "1.5", "null"] {
            try await check(.malformed, naming: "'title'", [create(#"{"title":\#(value)}"#)])
        }
        try await check(
            .malformed, naming: "'position'",
            ["\"1\"", "1.0", "1e0", "-0", "99999999999999999999", "true", "[1]"].map {
                RawRequest("PATCH", "/material/1", json: #"{"position":\#($0)}"#)
            })
        try await check(
            .malformed, naming: "'if_not_exists'",
            ["\"true\"", "1", "0", "[]"].map { create(#"{"title":"x","code":"x","if_not_exists":\#($0)}"#) })
        try await check(
            .malformed, naming: "'usernames[1]'",
            [
                RawRequest(
                    "POST", "/course/bio-101/enrollment/students/add", json: #"{"usernames":["siti",2]}"#)
            ])
        try await check(
            .malformed, naming: "'role'",
            ["admin", "Teacher", "teacher ", ""].map {
                RawRequest(
                    "POST", "/auth/register",
                    json: #"{"username":"a","password":"kapal layar","role":"\#($0)"}"#)
            })
    }

    @Test func `a number of a query is a number`() async throws {
        try await check(
            .malformed, naming: "'limit'",
            ["x", "", "+1", "01", "1.0", "%31%20", "0x1", "99999999999999999999", "true"].map {
                RawRequest("GET", "/course?limit=\($0)")
            })
        try await check(
            .malformed, naming: "'text'",
            ["1", "yes", "TRUE", ""].map { RawRequest("GET", "/course/bio-101/material?text=\($0)") })
        try await check(.malformed, naming: "", [RawRequest("GET", "/course?after=x")])
    }

    @Test func `a field that is missing is named`() async throws {
        try await check(.malformed, naming: "'title'", [create("{}"), RawRequest("POST", "/course")])
        try await check(
            .malformed, naming: "'role'",
            [RawRequest("POST", "/auth/register", json: #"{"username":"a","password":"kapal layar"}"#)])
        try await check(
            .malformed, naming: "'usernames'",
            [RawRequest("POST", "/course/bio-101/enrollment/students/add", json: "{}")])
    }

    @Test func `what is no JSON object is refused`() async throws {
        let documents = [
            "{", "}", "x", "[]", "1", "\"x\"", "null", "{\"title\":\"x\"}x", "{'title':'x'}",
            "{\"title\":\"x\",}", "{\"title\":\"\\ud800\"}", "{\"title\":\"\u{1}\"}", "\u{feff}{}",
            "{\"title\":01}", "{\"title\":NaN}", "// x",
        ]
        try await check(.malformed, naming: "", documents.map(create))
    }

    @Test func `deep nesting is refused, and bytes that are no UTF-8`() async throws {
        let deep = String(repeating: "[", count: 30_000)
        let objects = String(repeating: #"{"a":"#, count: 10_000)
        var latin = create("")
        latin.body = Array(#"{"title":""#.utf8) + [0xe9] + Array(#""}"#.utf8)
        try await check(
            .malformed, naming: "",
            [create(deep), create(#"{"title":"# + deep), create(objects), latin])
    }

    @Test func `what would take long to read is refused: 100,001 values, 33 fields of a query`() async throws {
        let values = Array(repeating: "0", count: 100_001).joined(separator: ",")
        let objects = Array(repeating: "{}", count: 100_001).joined(separator: ",")
        try await check(
            .malformed, naming: "",
            [create(#"{"title":[\#(values)]}"#), create(#"{"title":[\#(objects)]}"#)])
        let query = (1...33).map { "f\($0)=x" }.joined(separator: "&")
        try await check(.malformed, naming: "", [RawRequest("GET", "/course?\(query)")])
    }

    @Test func `a body that breaks off in nonsense gets one answer, and the connection ends`() async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            for (target, token) in [
                ("/course", scene.people[.to]?.token), ("/course", nil), ("/auth/login", nil),
                ("/nothing", nil),
            ] {
                let connection = try RawConnection(port: server.port)
                var request = RawRequest("POST", target, token: token)
                    .adding("Content-Type", "application/json")
                request.isChunked = true
                await connection.send(request.head + "5\r\n{\"tit\r\nzz\r\nle\":1}\r\n0\r\n\r\n")
                let all = String(decoding: try #require(await connection.receiveToEnd()), as: UTF8.self)
                let answers = all.components(separatedBy: "HTTP/1.1 ").count - 1
                #expect(answers == 1, "\(target): \(all)")
                #expect(!all.hasPrefix("HTTP/1.1 5") && !all.hasPrefix("HTTP/1.1 2"), "\(target): \(all)")
            }
        }
    }

    @Test func `another content type is refused, and none where there is a body`() async throws {
        let types = [
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/jsonx", "application/json; charset=latin-1", "application/xml", "",
        ]
        let requests = types.map { type in
            var request = RawRequest("POST", "/course").adding("Content-Type", type)
            request.body = Array(#"{"title":"x"}"#.utf8)
            return request
        }
        var none = RawRequest("POST", "/course")
        none.body = Array(#"{"title":"x"}"#.utf8)
        let packed = create(#"{"title":"x"}"#).adding("Content-Encoding", "gzip")
        try await check(.unsupportedType, naming: "", requests + [none, packed])
    }

    @Test func `JSON with a charset, and a POST without a body, are fine`() async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let owner = scene.people[.to]?.token
            for type in [
                "application/json", "Application/JSON; charset=UTF-8", "application/json;charset=utf-8",
            ] {
                var request = RawRequest("POST", "/course", token: owner).adding("Content-Type", type)
                request.body = Array(#"{"title":"x"}"#.utf8)
                let made = try await server.send(request)
                #expect(made.status == 201, "\(type)")
            }
            let student = scene.people[.s0]?.token
            #expect(try await server.post("/course/bio-101/enrollment", student).status == 201)
            var empty = RawRequest("POST", "/course/bio-101/enrollment", token: student)
            empty.body = []
            #expect(try await server.send(empty).status == 200)
            #expect(try await server.send(empty.chunked()).status == 200)
            #expect(try await server.post("/auth/logout", student).status == 200)
        }
    }
}
