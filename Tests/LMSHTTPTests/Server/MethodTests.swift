import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// Methods.
@Suite struct MethodTests {
    private static let paths = Set(Routes.all.map(\.path.description)).sorted()

    private func target(_ template: String, _ scene: Scene) -> String {
        template.replacing("{course}", with: scene.course.text)
            .replacing("{material}", with: scene.material.text).replacing("{id}", with: "1")
    }

    @Test(arguments: paths)
    func `a method that is not listed is 405, says what is, and changes nothing`(path: String) async throws {
        let listed = Set(Routes.all.filter { $0.path.description == path }.map(\.method.rawValue))
        let methods = ["GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS", "TRACE", "HEAD", "PURGE"]
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            for method in methods where !listed.contains(method) {
                let answer = try await server.send(
                    RawRequest(method, target(path, scene), token: scene.people[.to]?.token))
                #expect(answer.status == 405, "\(method)")
                let allowed = answer["Allow"]?.split(separator: ",").map { String($0.filter { $0 != " " }) }
                #expect(Set(allowed ?? []) == listed, "\(method)")
                if method != "HEAD" { expectProblem(.methodNotAllowed, answer, "\(method)") }
            }
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test(arguments: ["LMS", "get", "DELETED", "X"])
    func `a method that HTTP does not know is refused`(method: String) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            let answer = try await server.send(
                RawRequest(method, "/course/bio-101", token: scene.people[.to]?.token))
            #expect([400, 405, 501].contains(answer.status))
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test func `an answer to HEAD has no body: the next answer follows at once`() async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let token = scene.people[.to]?.token
            for target in ["/course/bio-101", "/course/bio-101/delete", "/healthz", "/nothing"] {
                let connection = try RawConnection(port: server.port)
                await connection.send(RawRequest("HEAD", target, token: token).bytes)
                #expect(try await connection.receive(toHead: true).status >= 400)
                await connection.send(RawRequest("GET", "/healthz").bytes)
                #expect(try await connection.receive().status == 200, "\(target)")
            }
        }
    }

    @Test func `a header does not make another method of it`() async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let token = scene.people[.to]?.token
            let before = try await scene.world.dump()
            for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
                let shown = try await server.send(
                    RawRequest("GET", "/course/bio-101", token: token).adding(name, "DELETE"))
                #expect(shown.status == 200)
                let posted = try await server.send(
                    RawRequest("POST", "/course/bio-101", token: token).adding(name, "DELETE"))
                expectProblem(.methodNotAllowed, posted)
            }
            expectProblem(.malformed, try await server.get("/course/bio-101?_method=DELETE", token))
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test(
        arguments: [
            ("Purpose", "prefetch"), ("Sec-Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender"),
            ("sec-purpose", "Prefetch"),
        ], ["delete", "leave"])
    func `what a browser fetches ahead changes nothing`(header: (String, String), verb: String) async throws {
        let scene = try await Scene()
        let token = scene.people[verb == "delete" ? .to : .s1]?.token
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            let answer = try await server.send(
                RawRequest("GET", "/course/bio-101/\(verb)", token: token).adding(header.0, header.1))
            expectProblem(.denied, answer)
            #expect(try await scene.world.dump() == before)
            let asked = try await server.get("/course/bio-101/\(verb)", token)
            #expect(asked.status == 200)
            #expect(try asked.string("outcome") == "deleted")
        }
    }

    @Test(arguments: ["/healthz", "/readyz", "/openapi.json"])
    func `the fixed pages are read and nothing else`(path: String) async throws {
        try await withServer { server in
            #expect(try await server.get(path).status == 200)
            for method in ["HEAD", "POST", "DELETE", "OPTIONS"] {
                let answer = try await server.send(RawRequest(method, path))
                #expect(answer.status == 405 && answer["Allow"] == "GET", "\(method)")
            }
        }
    }
}
