import LMSCore
import Testing

@testable import LMSHTTP

/// Paths with places for parameters.
@Suite struct PathTemplateTests {
    private func match(_ template: String, _ path: String) -> [String]? {
        PathTemplate(template).match(PathSegments(Substring(path)))?.map {
            "\($0.key)=\($0.value.string ?? "?")"
        }
    }

    @Test func `a path of the form gives its parameters`() {
        #expect(match("/course", "/course") == [])
        #expect(match("/course/{course}", "/course/bio-101") == ["course=bio-101"])
        #expect(
            match("/course/{course}/material/{material}", "/course/1/material/2")
                == ["course=1", "material=2"])
        #expect(PathTemplate("/course/{course}/material/{material}").parameters == ["course", "material"])
    }

    @Test(
        arguments: [
            "/", "", "/course", "/course/", "/course//", "//course/x", "/course/x/", "/course/x/y",
            "/Course/x", "/courses/x", "/cours%65/x", "course/x/y",
        ])
    func `nothing else is of the form`(path: String) {
        #expect(match("/course/{course}", path) == nil)
    }

    @Test(arguments: ["%31", "bio%2D101", "%62io", "%", "%zz"])
    func `an id or a code is reached by no other spelling`(word: String) {
        let found = match("/course/{course}", "/course/\(word)")
        #expect(found == nil || found == ["course=\(word)"], "a % stays, so that it names nothing")
    }

    @Test func `a path is filled in, and cannot be broken out of`() {
        let template = PathTemplate("/course/{course}/material/{material}")
        #expect(template.path { $0 == "course" ? "bio-101" : "2" } == "/course/bio-101/material/2")
        #expect(
            template.path { _ in "../a?b#c%2f" } == "/course/..%2Fa%3Fb%23c%252f/material/..%2Fa%3Fb%23c%252f"
        )
    }

    @Test func `no two routes answer the same request, and none has a literal beside a parameter`() {
        for (index, route) in Routes.all.enumerated() {
            for other in Routes.all.dropFirst(index + 1) where route.method == other.method {
                #expect(route.path.segments != other.path.segments, "\(route.method) \(route.path)")
            }
            for other in Routes.all {
                for (depth, segments) in zip(route.path.segments, other.path.segments).enumerated() {
                    let sameStart = route.path.segments.prefix(depth) == other.path.segments.prefix(depth)
                    guard sameStart, case (.literal, .parameter) = segments else { continue }
                    Issue.record("\(route.path) hides \(other.path)")
                }
            }
        }
    }
}
