import LMSCore
import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// Lists over HTTP.
@Suite struct ListTests {
    /// All items, by following `Link` to the end.
    private func follow(
        _ server: RunningServer, _ target: String, _ token: SessionToken?
    ) async throws -> (items: [JSONValue], pages: Int) {
        var items: [JSONValue] = []
        var pages = 0
        var target: String? = target
        while let current = target {
            let answer = try await server.get(current, token)
            try #require(answer.status == 200 && pages < 50, "the list has an end")
            items += try answer.items
            pages += 1
            let next = try answer.json["next"]
            if let link = answer["Link"] {
                let parts = try #require(link.wholeMatch(of: /<(.+)>; rel="next"/), "\(link)")
                target = String(parts.1)
                #expect(next?.string != nil)
            } else {
                target = nil
                #expect(next == .null)
            }
        }
        return (items, pages)
    }

    private func ids(_ items: [JSONValue], _ key: String) -> [String] {
        items.map { item in
            switch item[key] {
            case .string(let text), .number(let text): text
            default: "-"
            }
        }
    }

    @Test func `Link leads to the end of every list, and keeps what was asked for`() async throws {
        let world = try World()
        let owner = try await world.teacher()
        let course = try await owner.makeCourse()
        for number in 1...7 {
            _ = try await owner.makeCourse("course-\(number)")
            _ = try await owner.makeMaterial("Week \(number)", in: course)
            try await world.student("student-\(number)").join(course)
            _ = try await owner.perform(CreateToken(label: "\(number)"))
        }
        try await withServer(world) { server in
            let lists = [
                ("/course", "id", 8), ("/course?scope=all", "id", 8),
                ("/course/bio-101/material?text=false", "title", 7),
                ("/course/bio-101/enrollment?status=enrolled", "username", 7), ("/auth/tokens", "id", 8),
            ]
            for (target, key, count) in lists {
                let limit = target.contains("?") ? "&limit=3" : "?limit=3"
                let (items, pages) = try await follow(server, target + limit, owner.token)
                #expect(items.count == count && pages == 3, "\(target)")
                #expect(Set(ids(items, key)).count == count, "\(target): each once")
                let whole = try await follow(server, target, owner.token)
                #expect(whole.items == items && whole.pages == 1, "\(target)")
            }
            let texts = try await follow(server, "/course/bio-101/material?text=false&limit=2", owner.token)
            #expect(texts.items.allSatisfy { $0["description"] == nil })
        }
    }

    @Test func `a page has 100 rows unless it is said otherwise, and never more than 1,000`() async throws {
        let world = try World()
        let owner = try await world.teacher()
        try await world.plant(
            """
            INSERT INTO course (title, teacher_id, release_date, code, enrollment)
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1200)
            SELECT 'Course ' || n, 1, '2026-11-23', 'course-' || n, 'open' FROM numbers
            """)
        try await withServer(world) { server in
            #expect(try await server.get("/course", owner.token).items.count == 100)
            #expect(try await server.get("/course?limit=1000", owner.token).items.count == 1000)
            for limit in [0, -1, 1001, Int.max] {
                expectProblem(.invalid, try await server.get("/course?limit=\(limit)", owner.token))
            }
            let (items, pages) = try await follow(server, "/course?limit=500", owner.token)
            #expect(items.count == 1200 && pages == 3)
        }
    }

    @Test func `a page ends at 4 MiB, and the list goes on behind it`() async throws {
        let world = try World()
        let owner = try await world.teacher()
        let course = try await owner.makeCourse()
        let text = String(repeating: "x", count: 1 << 20)
        for number in 1...6 { _ = try await owner.makeMaterial("\(number)", text: text, in: course) }
        try await withServer(world) { server in
            let first = try await server.get("/course/bio-101/material", owner.token)
            #expect(first.body.count <= (4 << 20) + 4096)
            #expect(try first.items.count == 3)
            let (items, pages) = try await follow(server, "/course/bio-101/material", owner.token)
            #expect(ids(items, "title") == (1...6).map { "\($0)" })
            #expect(pages == 2)
        }
    }
}
