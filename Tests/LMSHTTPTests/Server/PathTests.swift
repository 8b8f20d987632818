import LMSTestSupport
import Testing

@testable import LMSHTTP

/// Paths.
@Suite struct PathTests {
    @Test func `another spelling of a path leads nowhere`() async throws {
        let targets = [
            "/course/", "//course", "/course//material", "/course/bio-101/", "/course/bio-101/material/",
            "/course//bio-101", "/course/bio%2D101", "/course/%62io-101", "/cours%65", "/course%2Fbio-101",
            "/course/bio-101%2Fmaterial", "/course/bio-101%00", "/course/bio-101%", "/course/%zz",
            "/./course", "/course/../course", "/course/bio-101/material/..", "/COURSE", "/Course/bio-101",
            "/course/bio-101/material/%31", "/material/%31", "/material/+1", "/material/01",
            "/material/1/", "/auth/me/", "/auth%2Fme", "/healthz/", "/health%7A", "/", "/index.html",
            "/course/bio-101;x", "/course/bio-101%20", "/course/1%2e0", "/course/01", "/course/+1",
        ]
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            for target in targets {
                let answer = try await server.get(target, scene.people[.to]?.token)
                expectProblem(.notFound, answer, "\(target)")
            }
        }
    }

    @Test func `a course is reached by its id and by its code, in either case`() async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            for name in ["1", "bio-101", "BIO-101"] {
                let answer = try await server.get("/course/\(name)", scene.people[.s0]?.token)
                #expect(answer.status == 200)
                #expect(try answer.string("code") == "bio-101")
            }
        }
    }

    @Test(arguments: ["material", "enrollment", "delete", "leave", "students", "healthz", "auth", "course"])
    func `no code of a course hides it`(code: String) async throws {
        let world = try World()
        let owner = try await world.teacher()
        let course = try await owner.makeCourse(code)
        try await withServer(world) { server in
            let shown = try await server.get("/course/\(course)", owner.token)
            #expect(try shown.string("code") == code)
            for part in ["material", "enrollment", "delete"] {
                let answer = try await server.get("/course/\(course)/\(part)", owner.token)
                #expect(answer.status == 200, "\(part)")
            }
        }
    }
}
