import Foundation
import LMSCore
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// Dry runs over HTTP.
@Suite struct DryRunTests {
    /// Who may do it.
    private func asker(_ right: Right) throws -> Asker {
        try #require([Asker.to, .s1].first { right.verdicts[$0] == .yes })
    }

    private func request(_ route: Route, _ scene: Scene, _ suffix: String) async throws -> RawRequest {
        let right = try #require(Right.all.first { $0.name == "\(route.useCase)" })
        let person = scene.people[try asker(right)]
        var request = try RawRequest(
            try await right.make(scene, person), by: route, token: person?.token,
            defaults: ["course": scene.course.text])
        request.target += (request.target.contains("?") ? "&" : "?") + suffix
        return request
    }

    private static let writing = Routes.all.filter { route in
        !["LogIn", "LogOut", "DiffCourseFiles"].contains("\(route.useCase)")
            && (route.method != .get || route.isDeprecated)
    }

    @Test(arguments: writing)
    func `every route that writes answers a dry run and changes nothing`(route: Route) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let request = try await request(route, scene, "dry_run=true")
            let before = try await data(of: scene.world)
            let answer = try await server.send(request)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["Location"] == nil)
            if !answer.text.hasPrefix("[") || answer.text.contains("{") {
                #expect(answer.text.contains(#""dry_run":true"#), "\(answer.text)")
            }
            #expect(try await data(of: scene.world) == before)
        }
    }

    @Test(arguments: writing)
    func `dry_run=false is no dry run`(route: Route) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let answer = try await server.send(request(route, scene, "dry_run=false"))
            #expect([200, 201].contains(answer.status))
            #expect(!answer.text.contains("dry_run"))
        }
    }

    @Test(arguments: ["", "1", "yes", "TRUE", "True"])
    func `what it may be but true or false is refused`(value: String) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let before = try await scene.world.dump()
            let answer = try await server.send(
                RawRequest("DELETE", "/course/bio-101?dry_run=\(value)", token: scene.people[.to]?.token))
            expectProblem(.malformed, answer)
            #expect(answer.detail.contains("'dry_run'"))
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test(
        arguments: Routes.all.filter { route in
            !writing.contains { $0.testDescription == route.testDescription }
        })
    func `a route that writes nothing, login and logout have none`(route: Route) async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let request = try await request(route, scene, "dry_run=true")
            let before = try await scene.world.dump()
            let answer = try await server.send(request)
            expectProblem(.malformed, answer)
            #expect(answer.detail.contains("'dry_run'"))
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test func `the log says which of two equal lines was the dry run`() async throws {
        let scene = try await Scene()
        try await withTemporaryFolder { folder in
            try folder.write([], to: "log")
            let descriptor = open(folder.path("log"), O_WRONLY | O_APPEND)
            defer { close(descriptor) }
            try await withServer(scene.world, logDescriptor: descriptor) { server in
                for target in ["/course/bio-101?dry_run=true", "/course/bio-101?dry_run=false"] {
                    let answer = try await server.send(
                        RawRequest("DELETE", target, token: scene.people[.to]?.token))
                    #expect(answer.status == 200)
                }
            }
            let lines = try String(decoding: folder.bytes(of: "log"), as: UTF8.self).split(separator: "\n")
                .filter { $0.contains("DELETE") }
                .map { try JSONValue(Array($0.utf8)) }
            #expect(lines.map { $0["dry_run"] } == [.boolean(true), nil])
        }
    }

    /// Everything but the throttle, which counts dry runs too.
    private func data(of world: World) async throws -> String {
        let dump = try await world.dump().description
        let lines = dump.split(separator: "\n")
        guard let start = lines.firstIndex(of: "throttle"), let end = lines.firstIndex(of: "users") else {
            throw Missing(what: "the throttle in the dump")
        }
        return (lines[..<start] + lines[end...]).joined(separator: "\n")
    }
}
