import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// How large a body may be.
@Suite struct BodyLimitTests {
    /// The numbers of Docs/HTTP.md, written down a second time.
    private func limit(_ route: Route) -> Int {
        switch "\(route.useCase)" {
        case "LogIn", "RegisterUser", "ChangePassword": 16 << 10
        case "CreateCourse", "EditCourse", "AddMaterial", "EditMaterial": 8 << 20
        case "ApplyCourseFiles", "DiffCourseFiles": 64 << 20
        default: 64 << 10
        }
    }

    private func request(_ route: Route, _ token: SessionToken?) -> RawRequest {
        RawRequest(
            route.method.rawValue, route.path.path { $0 == "course" ? "bio-101" : "1" }, token: token
        ).adding("Content-Type", "application/json")
    }

    @Test(arguments: Routes.all)
    func `one byte over the cap is 413 without waiting for a deadline, told beforehand or in chunks`(route: Route) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            for token in [scene.people[.to]?.token, nil] {
                var large = request(route, token)
                large.body = Array(repeating: UInt8(ascii: " "), count: limit(route) + 1)
                let start = ContinuousClock.now
                // Its head alone is enough.
                let connection = try RawConnection(port: server.port)
                await connection.send(large.head)
                expectProblem(.tooLarge, try await connection.receive(), "its length")
                // So much takes this test's own connection too long.
                if limit(route) <= 8 << 20 {
                    expectProblem(.tooLarge, try await server.send(large), "whole")
                    expectProblem(.tooLarge, try await server.send(large.chunked()), "in chunks")
                }
                // Whoever waited for the body that the first head promises would wait for thirty.
                #expect(ContinuousClock.now - start < .seconds(25))
            }
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test(arguments: Routes.all)
    func `a body of the very cap is read`(route: Route) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            var largest = request(route, scene.people[.to]?.token)
            largest.body = Array(repeating: UInt8(ascii: " "), count: limit(route))
            // Blanks are no JSON, and a GET takes none.
            expectProblem(.malformed, try await server.send(largest))
            expectProblem(.malformed, try await server.send(largest.chunked()))
        }
    }

    @Test func `where there is no route, or no such method, bodies are small`() async throws {
        try await withServer { server in
            for (method, target) in [("POST", "/nothing"), ("PUT", "/course"), ("POST", "/healthz")] {
                var large = RawRequest(method, target)
                large.body = Array(repeating: 0x20, count: (64 << 10) + 1)
                expectProblem(.tooLarge, try await server.send(large), "\(method) \(target)")
            }
        }
    }

    @Test func `an endless body is cut off, and others are served meanwhile`() async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            var request = RawRequest("POST", "/auth/login").adding("Content-Type", "application/json")
            request.isChunked = true
            await connection.send(request.head)
            let chunk = "4000\r\n" + String(repeating: " ", count: 0x4000) + "\r\n"
            for _ in 0..<64 { await connection.send(chunk) }
            #expect(try await server.get("/healthz").status == 200)
            let rest = await connection.receiveToEnd()
            #expect(rest.map { String(decoding: $0, as: UTF8.self).hasPrefix("HTTP/1.1 413") } == true)
        }
    }

    @Test(arguments: ["-1", "x", "1e3", "99999999999999999999", "1, 2"])
    func `an impossible length is refused`(length: String) async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.port)
            await connection.send(
                RawRequest("POST", "/auth/login").adding("Content-Length", length).head)
            #expect([400, 413].contains(try await connection.receive().status))
        }
    }
}
