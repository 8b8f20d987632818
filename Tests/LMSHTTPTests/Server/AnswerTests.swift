import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// What every answer has.
@Suite struct AnswerTests {
    private func check(_ answer: RawAnswer, sourceLocation: SourceLocation = #_sourceLocation) {
        let type = answer.status < 300 ? "application/json" : "application/problem+json"
        #expect(answer["Content-Type"] == type, sourceLocation: sourceLocation)
        #expect(answer["Cache-Control"] == "no-store", sourceLocation: sourceLocation)
        #expect(answer["X-Content-Type-Options"] == "nosniff", sourceLocation: sourceLocation)
        #expect((try? answer.json) != nil, sourceLocation: sourceLocation)
    }

    @Test(arguments: Routes.all)
    func `type, no caching, no sniffing: on every route, whatever comes`(route: Route) async throws {
        let scene = try await Scene()
        let right = try #require(Right.all.first { $0.name == "\(route.useCase)" })
        try await withServer(scene.world) { server in
            for asker in [Asker.an, .tx, .s1, .to] {
                let useCase = try await right.make(scene, scene.people[asker])
                let token = scene.people[asker]?.token
                let request = try RawRequest(
                    useCase, by: route, token: token, defaults: ["course": scene.course.text])
                check(try await server.send(request))
            }
            check(try await server.send(RawRequest(route.method.rawValue, "/auth/me/x")))
        }
    }

    @Test func `the fixed pages, and requests that lead nowhere`() async throws {
        try await withServer { server in
            for target in ["/healthz", "/readyz", "/openapi.json", "/", "/course/", "/%"] {
                check(try await server.get(target))
            }
            for method in ["PUT", "OPTIONS", "TRACE"] {
                check(try await server.send(RawRequest(method, "/course")))
            }
            check(try await server.post("/auth/login", nil, "{"))
        }
    }

    @Test(
        arguments: [
            "hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
            "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "x", count: 70_000) + "\r\n\r\n",
            "GET /" + String(repeating: "x", count: 70_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
        ])
    func `what is no HTTP is answered too, and the connection ends`(text: String) async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(text)
            let answer = try await connection.receive()
            #expect((400..<500).contains(answer.status))
            check(answer)
            #expect(await connection.receiveToEnd() != nil, "the connection stays open")
            #expect(try await server.get("/healthz").status == 200)
        }
    }

    @Test func `401 says how to sign in`() async throws {
        let world = try World()
        _ = try await world.student()
        try await withServer(world) { server in
            let wrong = try await server.post(
                "/auth/login", nil, #"{"username":"siti","password":"not the one"}"#)
            expectProblem(.wrongPassword, wrong)
            for answer in [try await server.get("/course"), wrong] {
                #expect(answer["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
            }
        }
    }

    @Test func `a create says where the new thing is, and it is there`() async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let owner = scene.people[.to]?.token
            let student = scene.people[.s0]?.token
            let creates = [
                (owner, "/course", #"{"title":"New"}"#, "title"),
                (owner, "/course/bio-101/material", #"{"title":"Week 3","description":"x"}"#, "title"),
                (student, "/course/bio-101/enrollment", nil, "title"),
            ]
            for (token, target, json, key) in creates {
                let made = try await server.post(target, token, json)
                #expect(made.status == 201)
                let location = try #require(made["Location"])
                let found = try await server.get(location, token)
                #expect(found.status == 200)
                #expect(try found.string(key) == made.string(key))
            }
            // There already: 200, and nothing was made.
            let again = try await server.post("/course/bio-101/enrollment", student)
            #expect(again.status == 200 && again["Location"] == nil)
            #expect(try again.string("outcome") == "unchanged")

            let registered = try await server.post(
                "/auth/register", nil,
                #"{"username":"new","password":"\#(World.password)","role":"student"}"#)
            #expect(registered.status == 201 && registered["Location"] != nil)
            let token = try await server.post("/auth/tokens", owner, #"{"label":"CI"}"#)
            #expect(token.status == 201)
            let address = try #require(token["Location"])
            #expect(try await server.send(RawRequest("DELETE", address, token: owner)).status == 200)
            let gone = try await server.send(RawRequest("DELETE", address, token: owner))
            expectProblem(.notFound, gone)
        }
    }

    @Test func `several requests on one connection get their answers in order, pipelined too`() async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let connection = try RawConnection(port: server.port)
            let token = scene.people[.to]?.token
            let requests = ["/course/bio-101", "/nothing", "/auth/me", "/healthz"].map {
                RawRequest("GET", $0, token: token).bytes
            }
            await connection.send(requests.flatMap { $0 })
            var statuses: [Int] = []
            for _ in requests { statuses.append(try await connection.receive().status) }
            #expect(statuses == [200, 404, 200, 200])
        }
    }
}
