import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// Tokens that can do less than their owner. What they are refused is in the table of rights (`WhoMayDoWhatTests`).
@Suite struct NarrowTokenTests {
    private let world: World
    private let owner: Person

    init() async throws {
        world = try World()
        owner = try await world.teacher("owner")
        for (code, title) in [("bio-101", "Biology"), ("chem-1", "Chemistry"), ("math-7", "Mathematics")] {
            let course = try await owner.makeCourse(code, title: title)
            _ = try await owner.makeMaterial("Week 1 of \(title)", in: course)
        }
    }

    private func token(
        isReadOnly: Bool? = nil, _ courses: CourseReference..., of person: Person? = nil
    ) async throws -> LocalService {
        let made = try await (person ?? owner).perform(
            CreateToken(label: "narrow", isReadOnly: isReadOnly, courses: courses.isEmpty ? nil : courses))
        return world.service(made.record.token)
    }

    private func codes(_ service: LocalService, _ scope: ListCourses.Scope) async throws -> [String] {
        try await service.perform(ListCourses(scope: scope)).items.map(\.code.rawValue)
    }

    @Test func `lists, search and the log of a token for some courses have these alone`() async throws {
        let other = try await world.teacher("other")
        _ = try await other.makeCourse("art-1", title: "Art of the week")
        let narrow = try await token("chem-1", "math-7")
        #expect(try await codes(narrow, .all) == ["chem-1", "math-7"])
        #expect(try await codes(narrow, .mine) == ["chem-1", "math-7"])
        let found = try await narrow.perform(ListCourses(scope: .all, words: "bio")).items
        #expect(found.isEmpty)
        let hits = try await narrow.perform(SearchTexts(words: "week")).items.map(\.title)
        #expect(hits == ["Week 1 of Chemistry", "Week 1 of Mathematics"])
        #expect(try await narrow.perform(SearchTexts(words: "biology")).items.isEmpty)
        let log = try await narrow.perform(ListLog()).items
        #expect(Set(log.map(\.course)) == ["chem-1", "math-7"])
        // The same by the owner's sign-in, so that there is something to be cut.
        #expect(try await Set(owner.perform(ListLog()).items.map(\.course)).count == 3)
    }

    @Test func `the news of a token for some courses are of these alone`() async throws {
        let student = try await world.student()
        for course: CourseReference in ["bio-101", "chem-1"] { try await student.join(course) }
        let narrow = try await token("chem-1", of: student)
        #expect(try await narrow.perform(ListNews()).items.map(\.subject) == ["Week 1 of Chemistry"])
        #expect(try await student.perform(ListNews()).items.count == 2)
        let teaching = try await token("chem-1")
        #expect(try await teaching.perform(ListNews()).items.map(\.course) == ["chem-1"])
        #expect(try await owner.perform(ListNews()).items.count == 2)
    }

    @Test func `a student's token for some courses sees these memberships alone`() async throws {
        let student = try await world.student()
        for course: CourseReference in ["bio-101", "chem-1"] { try await student.join(course) }
        let narrow = try await token("chem-1", of: student)
        #expect(try await codes(narrow, .mine) == ["chem-1"])
        await expectError(.denied) { try await narrow.perform(JoinCourse(course: "math-7")) }
        await expectError(.notFound) { try await narrow.perform(ListMaterials(course: "bio-101")) }
        await expectError(.denied) { try await narrow.perform(LeaveCourse(course: "chem-1")) }
    }

    @Test func `the courses are those of then: a new one, and one that takes a code over, are not among them`() async throws {
        let narrow = try await token("chem-1")
        _ = try await owner.perform(DeleteCourse(course: "chem-1"))
        #expect(try await codes(narrow, .all) == [])
        let again = try await owner.makeCourse("chem-1", title: "Chemistry")
        await expectError(.notFound) { try await narrow.perform(ShowCourse(course: again)) }
        // The log of the one that is gone is read: it was the token's.
        let log = try await narrow.perform(ListLog(course: "chem-1")).items
        #expect(log.contains { $0.action == "course.delete" })
        #expect(try await narrow.perform(WhoAmI()).scope.courses == [])
    }

    @Test func `a renamed course stays the token's, and is shown by its new code`() async throws {
        let narrow = try await token("chem-1")
        _ = try await narrow.perform(EditCourse(course: "chem-1", code: CourseCode("chem-2")))
        let scope = try await narrow.perform(WhoAmI()).scope
        #expect(scope.courses == [CourseCode("chem-2")] && !scope.isReadOnly)
        let listed = try await owner.perform(ListTokens()).items
        #expect(listed.compactMap(\.scope.courses) == [[CourseCode("chem-2")]])
    }

    @Test func `both limits hold together, and a token makes no wider one`() async throws {
        let narrow = try await token(isReadOnly: true, "chem-1")
        await expectError(.denied) { try await narrow.perform(EditCourse(course: "chem-1", title: "Mine")) }
        await expectError(.notFound) { try await narrow.perform(ShowCourse(course: "bio-101")) }
        for limited in [narrow, try await token("chem-1"), try await token(isReadOnly: true)] {
            await expectError(.denied) { try await limited.perform(CreateToken(label: "wide")) }
            await expectError(.denied) { try await limited.perform(LogOut(all: true)) }
            _ = try await limited.perform(LogOut())
            await expectError(.notSignedIn) { try await limited.perform(WhoAmI()) }
        }
    }

    @Test func `a file of a token for some courses changes these, and makes none`() async throws {
        let narrow = try await token("chem-1")
        func apply(_ code: String) async throws -> CoursePlan {
            try await narrow.perform(
                ApplyCourseFiles(files: [CourseFile(name: "f", text: "course: \(code)\ntitle: Applied", attachments: [])]))
        }
        _ = try await apply("chem-1")
        let before = try await world.dump()
        for code in ["bio-101", "new-1"] { await expectError(.denied) { try await apply(code) } }
        #expect(try await world.dump() == before)
    }

    @Test func `what a token is for must be there, at least one course and not too many; each counts once`() async throws {
        let none: [CourseReference] = []
        await expectError(.invalid) { try await owner.perform(CreateToken(label: "x", courses: none)) }
        await expectError(.notFound) { try await owner.perform(CreateToken(label: "x", courses: ["chem-1", "nothing"])) }
        let many = Array(repeating: CourseReference("chem-1"), count: 201)
        await expectError(.invalid) { try await owner.perform(CreateToken(label: "x", courses: many)) }
        let made = try await owner.perform(CreateToken(label: "x", courses: ["math-7", "CHEM-1", "chem-1"]))
        #expect(made.record.session.scope.courses == [CourseCode("chem-1"), CourseCode("math-7")])
    }

    @Test func `a token that is revoked takes its courses along`() async throws {
        let made = try await owner.perform(CreateToken(label: "x", courses: ["math-7"]))
        #expect(try await world.count("SELECT count(*) FROM token_course") == 1)
        let id = try #require(made.record.session.id)
        _ = try await owner.perform(RevokeToken(id: SessionReference("\(id)")))
        #expect(try await world.count("SELECT count(*) FROM token_course") == 0)
    }
}
