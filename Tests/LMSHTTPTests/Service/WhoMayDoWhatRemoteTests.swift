import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// Who may do what, on a server.
@Suite struct WhoMayDoWhatRemoteTests {
    @Test(arguments: Right.all + Right.missing)
    func `the table holds for commands against a server`(right: Right) async throws {
        try await forEachAsker(right) { server, scene, asker, verdict in
            let useCase = try await right.make(scene, scene.people[asker])
            let service = server.remote(scene.people[asker]?.token)
            switch verdict {
            case .yes: _ = try await service.perform(useCase) as Any
            case .no(let code):
                try await scene.world.expectRefusal(code) { try await service.perform(useCase) as Any }
            }
        }
    }

    @Test(arguments: Routes.all)
    func `the table holds on every route`(route: Route) async throws {
        let rows = Right.all.filter { $0.name == "\(route.useCase)" }
        try #require(!rows.isEmpty, "\(route.method.rawValue) \(route.path) has no row in the table")
        for right in rows { try await check(right, route) }
    }

    @Test(arguments: Routes.all)
    func `what is missing is missing on every route`(route: Route) async throws {
        for right in Right.missing where right.name == "\(route.useCase)" {
            let scene = try await Scene()
            let useCase = try await right.make(scene, nil)
            let fields = try #require(JSONOutput.value(useCase).members).map(\.key)
            // A material by its bare id has no course in its path, and the other way round.
            guard route.path.parameters.allSatisfy(fields.contains),
                !fields.contains(where: route.omitting.contains)
            else { continue }
            try await check(right, route)
        }
    }

    private func check(_ right: Right, _ route: Route) async throws {
        try await forEachAsker(right) { server, scene, asker, verdict in
            let useCase = try await right.make(scene, scene.people[asker])
            // A key alone has a route without the course, and a course has none without it.
            let fields = try #require(JSONOutput.value(useCase).members).map(\.key)
            guard !fields.contains(where: route.omitting.contains) else { return }
            let request = try RawRequest(
                useCase, by: route, token: scene.people[asker]?.token,
                defaults: ["course": scene.course.text])
            let before = try await scene.world.dump()
            let answer = try await server.send(request)
            let who = "\(request.method) \(request.target) by \(asker.rawValue)"
            switch verdict {
            case .yes: #expect([200, 201].contains(answer.status), "\(who): \(answer.text)")
            case .no(let code):
                expectProblem(code, answer, "\(who)")
                #expect(try await scene.world.dump() == before, "\(who) changed the database")
            }
        }
    }

    @Test(arguments: Routes.all.filter(\.needsSession))
    func `a token that is none, or has ended, is nobody's`(route: Route) async throws {
        let scene = try await Scene()
        let right = try #require(Right.all.first { $0.name == "\(route.useCase)" })
        let owner = try #require(scene.people[.to])
        let useCase = try await right.make(scene, owner)
        _ = try await owner.perform(LogOut())
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            let request = try RawRequest(
                useCase, by: route, token: owner.token, defaults: ["course": scene.course.text])
            let answer = try await server.send(request)
            expectProblem(.notSignedIn, answer)
            #expect(answer["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test(arguments: ["GET", "PATCH", "DELETE"])
    func `a material is reached only through its own course`(method: String) async throws {
        let scene = try await Scene()
        let owner = try #require(scene.people[.to])
        let other = try await owner.makeCourse("chem-1", title: "Chemistry")
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            let answer = try await server.send(
                RawRequest(
                    method, "/course/\(other)/material/\(scene.material)", token: owner.token,
                    json: method == "PATCH" ? #"{"title":"Mine"}"# : nil))
            expectProblem(.notFound, answer)
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test func `every use case of the core has a route that a client takes`() throws {
        let reachable = Set(Routes.all.filter { !$0.isDeprecated }.map { "\($0.useCase)" })
        #expect(try Right.useCasesOfTheCore().subtracting(reachable).sorted() == [])
    }

    /// Asks for each asker in turn; a scene in which somebody got his way is not used again.
    private func forEachAsker(
        _ right: Right,
        _ ask: @Sendable (RunningServer, Scene, Asker, Verdict) async throws -> Void
    ) async throws {
        let verdicts = try Asker.allCases.map { (asker: $0, verdict: try right.verdict(for: $0)) }
        let refused = verdicts.filter { $0.verdict != .yes }
        let groups = [refused] + verdicts.filter { $0.verdict == .yes }.map { [$0] }
        for group in groups where !group.isEmpty {
            let scene = try await Scene()
            try await withServer(scene.world) { server in
                for (asker, verdict) in group { try await ask(server, scene, asker, verdict) }
            }
        }
    }
}

extension Route: CustomTestStringConvertible {
    public var testDescription: String { "\(method.rawValue) \(path)" }
}
