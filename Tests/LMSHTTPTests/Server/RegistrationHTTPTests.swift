import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// Registration over HTTP.
@Suite struct RegistrationHTTPTests {
    private func register(
        _ name: String, _ role: Role = .student, from address: String = "192.0.2.1"
    ) -> RawRequest {
        RawRequest(
            "POST", "/auth/register",
            json: #"{"username":"\#(name)","password":"\#(World.password)","role":"\#(role.rawValue)"}"#
        ).adding("X-Forwarded-For", address)
    }

    @Test(arguments: RegistrationPolicy.allCases)
    func `who may register is the server's to say`(policy: RegistrationPolicy) async throws {
        let world = try World()
        var options = ServerOptions.test
        options.registration = policy
        try await withServer(world, options) { server in
            let student = try await server.send(register("siti"))
            let teacher = try await server.send(register("guru", .teacher))
            #expect(student.status == (policy == .closed ? 403 : 201))
            #expect(teacher.status == (policy == .open ? 201 : 403))
            let expected = [RegistrationPolicy.open: 2, .students: 1, .closed: 0][policy]
            #expect(try await world.count("SELECT count(*) FROM users") == expected)
        }
    }

    @Test func `an account that is there already is no way around it`() async throws {
        let world = try World()
        _ = try await world.register("siti", as: .student)
        try await withServer(world, .behindProxy(.closed)) { server in
            let answer = try await server.post(
                "/auth/register", nil,
                #"{"username":"siti","password":"x","role":"student","if_not_exists":true}"#)
            expectProblem(.denied, answer)
        }
    }

    @Test func `100 in five minutes from one address, the refused ones counted; another is not slowed`() async throws {
        let world = try World()
        try await withServer(world, .behindProxy()) { server in
            for number in 1...100 {
                // Every other name cannot be one.
                let name = number % 2 == 0 ? "student-\(number)" : "-\(number)"
                let answer = try await server.send(register(name))
                #expect(answer.status == (number % 2 == 0 ? 201 : 422))
            }
            world.advance(by: Lifetime(seconds: 200))
            let refused = try await server.send(register("late"))
            expectProblem(.throttled, refused)
            #expect(refused["Retry-After"] == "100")
            #expect(try refused.number("retry_after") == 100)
            #expect(try await server.send(register("elsewhere", from: "192.0.2.2")).status == 201)
            world.advance(by: Lifetime(seconds: 99))
            expectProblem(.throttled, try await server.send(register("late")))
            world.advance(by: Lifetime(seconds: 1))
            #expect(try await server.send(register("late")).status == 201)
        }
    }

    @Test func `a peer that is no proxy is counted by its own address, whatever it says`() async throws {
        let world = try World()
        try await withServer(world) { server in
            for number in 1...100 {
                let answer = try await server.send(register("-", from: "192.0.2.\(number)"))
                expectProblem(.invalid, answer)
            }
            expectProblem(.throttled, try await server.send(register("late", from: "192.0.2.200")))
        }
    }

    @Test func `a hop that the proxy did not see is not believed`() async throws {
        let world = try World()
        try await withServer(world, .behindProxy()) { server in
            for number in 1...100 {
                let hops = "203.0.113.\(number), 192.0.2.1"
                expectProblem(.invalid, try await server.send(register("-", from: hops)))
            }
            expectProblem(.throttled, try await server.send(register("late", from: "192.0.2.1")))
        }
    }

    @Test func `on a file, nobody counts`() async throws {
        let world = try World()
        for number in 1...120 { try await world.register("student-\(number)", as: .student) }
        #expect(try await world.count("SELECT count(*) FROM throttle") == 0)
    }
}
