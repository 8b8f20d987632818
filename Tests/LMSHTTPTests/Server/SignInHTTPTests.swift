import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// Signing in over HTTP.
@Suite struct SignInHTTPTests {
    private func login(
        _ name: String, _ password: String = World.password, from address: String = "192.0.2.1"
    ) -> RawRequest {
        RawRequest(
            "POST", "/auth/login", json: #"{"username":"\#(name)","password":"\#(password)"}"#
        ).adding("X-Forwarded-For", address)
    }

    @Test func `five free failures, then a wait that doubles; the owner elsewhere is not slowed`() async throws {
        let world = try World()
        _ = try await world.student()
        try await withServer(world, .behindProxy()) { server in
            let live = try await server.send(login("siti", from: "192.0.2.2"))
            let token = try #require(SessionToken(live.string("token")))
            for _ in 1...5 { expectProblem(.wrongPassword, try await server.send(login("siti", "wrong"))) }
            for wait in [1, 2, 4, 8] {
                let refused = try await server.send(login("siti"))
                expectProblem(.throttled, refused, "the right one waits too")
                #expect(refused["Retry-After"] == "\(wait)")
                world.advance(by: Lifetime(seconds: Int64(wait)))
                expectProblem(.wrongPassword, try await server.send(login("siti", "wrong")))
            }
            #expect(try await server.send(login("siti", from: "192.0.2.2")).status == 200)
            #expect(try await server.get("/auth/me", token).status == 200)
            world.advance(by: Lifetime(seconds: 16))
            #expect(try await server.send(login("siti")).status == 200)
            expectProblem(.wrongPassword, try await server.send(login("siti", "wrong")))
        }
    }

    @Test func `an unknown name is answered, and counted, like a wrong password`() async throws {
        let world = try World()
        _ = try await world.student()
        try await withServer(world, .behindProxy()) { server in
            for _ in 1...6 {
                let known = try await server.send(login("siti", "wrong"))
                let unknown = try await server.send(login("nobody", "wrong"))
                #expect(known.body == unknown.body && known.status == unknown.status)
                #expect(known["Retry-After"] == unknown["Retry-After"])
            }
        }
    }

    @Test func `an address has 100 failures in five minutes, over all names; IPv6 counts by its first 64 bits`() async throws {
        let world = try World()
        _ = try await world.student()
        try await withServer(world, .behindProxy()) { server in
            for number in 1...100 {
                let answer = try await server.send(
                    login("nobody-\(number)", "wrong", from: "2001:db8::\(number)"))
                expectProblem(.wrongPassword, answer)
            }
            let refused = try await server.send(login("siti", from: "2001:db8::ffff:1"))
            expectProblem(.throttled, refused)
            #expect(refused["Retry-After"] == "300")
            #expect(try await server.send(login("siti", from: "2001:db8:0:1::1")).status == 200)
            world.advance(by: Lifetime(seconds: 300))
            #expect(try await server.send(login("siti", from: "2001:db8::1")).status == 200)
        }
    }

    @Test func `a wrong current password counts like a failed login`() async throws {
        let world = try World()
        let person = try await world.student()
        try await withServer(world, .behindProxy()) { server in
            let wrong = #"{"current":"wrong","new":"kapal yang lain"}"#
            let change = RawRequest("POST", "/auth/password", token: person.token, json: wrong)
                .adding("X-Forwarded-For", "192.0.2.1")
            for _ in 1...5 { expectProblem(.wrongPassword, try await server.send(change)) }
            expectProblem(.throttled, try await server.send(change))
            expectProblem(.throttled, try await server.send(login("siti")))
            #expect(try await server.get("/auth/me", person.token).status == 200)
        }
    }

    @Test func `a classroom of 40 behind one address registers and signs in within five minutes`() async throws {
        let world = try World()
        try await withServer(world, .behindProxy()) { server in
            for number in 1...40 {
                let registered = try await server.send(
                    RawRequest(
                        "POST", "/auth/register",
                        json: #"{"username":"s\#(number)","password":"\#(World.password)","role":"student"}"#
                    ).adding("X-Forwarded-For", "192.0.2.1"))
                #expect(registered.status == 201)
                // Two of three mistype it at first.
                if number % 3 != 0 {
                    expectProblem(.wrongPassword, try await server.send(login("s\(number)", "mistyped")))
                }
                #expect(try await server.send(login("s\(number)")).status == 200)
                world.advance(by: Lifetime(seconds: 7))
            }
        }
    }

    @Test func `parallel guesses do not pass together`() async throws {
        let world = try World()
        _ = try await world.student()
        try await withServer(world, .behindProxy()) { server in
            let codes = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<30 {
                    group.addTask { try await server.send(login("siti", "wrong \(number)")).code }
                }
                return try await group.reduce(into: [String: Int]()) { $0[$1 ?? "-", default: 0] += 1 }
            }
            #expect(codes == ["wrong_password": 5, "throttled": 25])
        }
    }
}
