import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// What carries rights.
@Suite struct CredentialTests {
    @Test func `nothing but one bearer header`() async throws {
        let world = try World()
        let secret = try await world.teacher().token.secret
        try await withServer(world) { server in
            let me = RawRequest("GET", "/auth/me")
            func code(_ request: RawRequest) async throws -> String? {
                let answer = try await server.send(request)
                return answer.status == 401 ? answer.code : "\(answer.status)"
            }
            let refused = [
                me, me.adding("Cookie", "token=\(secret)"), me.adding("Cookie", "Authorization=\(secret)"),
                me.adding("Authorization", secret), me.adding("Authorization", "Basic \(secret)"),
                me.adding("Authorization", "Token \(secret)"),
                me.adding("Authorization", "Bearer \(secret) \(secret)"),
                me.adding("Authorization", "Bearer \(secret)x"), me.adding("Authorization", "Bearer"),
                me.adding("Authorization", "Bearer \(secret), Bearer \(secret)"),
                me.adding("Authorization", "Bearer \(secret)").adding("Authorization", "Bearer \(secret)"),
                me.adding("Authorization", "Bearer \(secret)").adding("Authorization", "Basic eDp5"),
                me.adding("X-Authorization", "Bearer \(secret)"),
                me.adding("Proxy-Authorization", "Bearer \(secret)"),
                RawRequest("GET", "/auth/me?token=\(secret)"),
                RawRequest("GET", "/auth/me?access_token=\(secret)"),
            ]
            for request in refused {
                #expect(try await code(request) == "not_signed_in", "\(request.target) \(request.headers)")
            }
            for scheme in ["Bearer", "bearer", "BEARER"] {
                let answer = try await server.send(me.adding("Authorization", "\(scheme) \(secret)"))
                #expect(answer.status == 200)
            }
        }
    }

    @Test func `no answer lets another site's script read, or sets a cookie`() async throws {
        let world = try World()
        let token = try await world.teacher().token
        try await withServer(world) { server in
            for method in ["GET", "OPTIONS"] {
                let answer = try await server.send(
                    RawRequest(method, "/auth/me", token: token).adding("Origin", "https://evil.example")
                        .adding("Access-Control-Request-Method", "GET"))
                let names = answer.headers.map { $0.name.lowercased() }
                #expect(!names.contains { $0.hasPrefix("access-control") || $0 == "set-cookie" })
            }
        }
    }

    @Test func `a session that ended elsewhere is over with the next request`() async throws {
        let world = try World()
        let person = try await world.student()
        try await withServer(world) { server in
            #expect(try await server.get("/auth/me", person.token).status == 200)
            _ = try await person.perform(LogOut())
            expectProblem(.notSignedIn, try await server.get("/auth/me", person.token))
        }
    }

    @Test func `a session that is made here is alive elsewhere`() async throws {
        let world = try World()
        _ = try await world.register("siti", as: .student)
        try await withServer(world) { server in
            let answer = try await server.post(
                "/auth/login", nil, #"{"username":"siti","password":"\#(World.password)"}"#)
            #expect(answer.status == 200)
            #expect(try answer.string("token_type") == "Bearer")
            let token = try #require(SessionToken(answer.string("token")))
            #expect(try await world.service(token).perform(WhoAmI()).username == Username("siti"))
        }
    }
}
