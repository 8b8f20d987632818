import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// The operator's log.
@Suite struct OperatorLogTests {
    let world: World

    init() throws { world = try World() }

    private func log(
        _ course: CourseReference? = nil, limit: Int? = nil, after: Cursor? = nil
    ) async throws -> Page<OperatorLogEntry> {
        try await world.anyone.operate(ListOperatorLog(course: course, limit: limit, after: after))
    }

    private func lines(_ course: CourseReference? = nil) async throws -> [String] {
        try await log(course).items.map {
            "\($0.actor) \($0.action) \($0.course ?? "-") \($0.subject ?? "-")"
        }
    }

    /// Two teachers, a course each, one of them deleted; a minute between the acts.
    private func school() async throws {
        for (name, code) in [("ani", "bio-1"), ("dewi", "che-1")] {
            let teacher = try await world.teacher(name)
            world.advance(by: Lifetime(seconds: 60))
            _ = try await teacher.makeCourse(code, title: name)
            world.advance(by: Lifetime(seconds: 60))
            if name == "ani" { _ = try await teacher.perform(DeleteCourse(course: "bio-1")) }
            world.advance(by: Lifetime(seconds: 60))
        }
    }

    private static let everything = [
        "dewi course.create che-1 dewi", "dewi user.register - dewi: teacher", "ani course.delete bio-1 ani",
        "ani course.create bio-1 ani", "ani user.register - ani: teacher",
    ]

    @Test func `it has all courses, whoever owned them, and all accounts, newest first`() async throws {
        try await school()
        #expect(try await lines() == Self.everything)
    }

    @Test(arguments: 1...6)
    func `its pages put together are the whole, wherever they are cut`(limit: Int) async throws {
        try await school()
        var found: [String] = []
        var after: Cursor?
        repeat {
            let page = try await log(limit: limit, after: after)
            #expect(page.items.count <= limit)
            found += page.items.map(\.action)
            after = page.next
        } while after != nil
        #expect(found == Self.everything.map { String($0.split(separator: " ")[1]) })
    }

    @Test func `a clock that was set back loses nothing and repeats nothing`() async throws {
        try await school()
        world.advance(by: Lifetime(seconds: -600))
        let tuti = try await world.teacher("tuti")
        _ = try await tuti.makeCourse("phy-1")
        var found: [String] = []
        var after: Cursor?
        repeat {
            let page = try await log(limit: 2, after: after)
            found += page.items.map { "\($0.actor) \($0.action)" }
            after = page.next
        } while after != nil
        #expect(found.count == 7 && Set(found).count == 7)
    }

    @Test func `of one course, by id or code, whoever owned it; deleted ones of the code too`() async throws {
        try await school()
        let gone = ["ani course.delete bio-1 ani", "ani course.create bio-1 ani"]
        for name in ["bio-1", "BIO-1", "1", "course:1"] {
            #expect(try await lines(CourseReference(name)) == gone)
        }
        let dewi = world.service(try await world.logIn("dewi").token)
        _ = try await dewi.perform(CreateCourse(title: "New", code: CourseCode("bio-1")))
        #expect(try await lines("bio-1") == ["dewi course.create bio-1 New"] + gone)
        #expect(try await lines("3") == ["dewi course.create bio-1 New"])
        try await world.plant("DELETE FROM audit")
        #expect(try await lines("bio-1") == [], "a course without acts is there")
        for name in ["none", "1", "course:9", "a b", ""] {
            await expectError(.notFound) { try await log(CourseReference(name)) }
        }
    }

    @Test func `a page's size and cursor are checked`() async throws {
        await expectError(.invalid) { try await log(limit: 0) }
        await expectError(.invalid) { try await log(limit: 1001) }
        for place in ["", "1", "1.", "0.1", "1.2.3", "1.x", "9223372036854775808.1"] {
            await expectError(.malformed) { try await log(after: Cursor(place)) }
        }
    }

    @Test func `an import of users is one row, which counts them`() async throws {
        let scene = try BulkScene()
        try await scene.bring(["users": BulkScene.people])
        try await scene.bring(["users": BulkScene.people])
        #expect(try await scene.world.accountLogEntries() == ["(operator) user.import 3 created, 0 updated"])
    }
}
