import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// Course files over HTTP.
@Suite struct CourseFileHTTPTests {
    private func apply(_ text: String, more: String = "", token: SessionToken?) -> RawRequest {
        let quoted = text.replacing("\n", with: "\\n")
        var request = RawRequest("POST", "/apply", token: token).adding("Content-Type", "application/json")
        request.body = Array(#"{"files":[{"name":"f","text":"\#(quoted)","attachments":[]}]\#(more)}"#.utf8)
        return request
    }

    @Test func `another plan than the one agreed to is 503, and nothing is done`() async throws {
        let scene = try await Scene()
        let owner = scene.people[.to]
        try await withServer(scene.world) { server in
            let text = "course: bio-101\nmaterials: []"
            var dryRun = apply(text, more: #","prune":true"#, token: owner?.token)
            dryRun.target += "?dry_run=true"
            let plan = try await server.send(dryRun).string("plan")
            _ = try await owner?.makeMaterial("Week 3", in: scene.course)
            let before = try await scene.world.dump()
            let act = apply(text, more: #","prune":true,"plan":"\#(plan)""#, token: owner?.token)
            let answer = try await server.send(act)
            expectProblem(.busy, answer)
            #expect(answer["Retry-After"] != nil)
            #expect(try await scene.world.dump() == before)
        }
    }

    @Test func `what is wrong in a file is 422, each problem with file, line and column`() async throws {
        let scene = try await Scene()
        try await withServer(scene.world) { server in
            let answer = try await server.send(
                apply("course: bio-101\nfoo: 1\nstudents: [nobody]", token: scene.people[.to]?.token))
            expectProblem(.invalid, answer)
            let details = try JSONInput.value(ProblemDetails.self, from: answer.json, .response)
            let locations = details.problems?.map { "\($0.file):\($0.line):\($0.column)" }
            #expect(locations == ["f:2:1", "f:3:12"])
        }
    }
}
