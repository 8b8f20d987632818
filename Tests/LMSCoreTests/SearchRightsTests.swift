import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// Whose materials a search shows.
@Suite struct SearchRightsTests {
    let world: World
    let guru: Person
    let siti: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
        course = try await guru.makeCourse("bio", title: "Biology", enrollment: .approval)
        _ = try await guru.makeMaterial("Secret", text: "The needle is here.", in: course)
    }

    @Test func `materials are found by the owner, and by the enrolled alone; courses by everybody`() async throws {
        let other = try await world.teacher("other")
        for person in [guru, siti, other] { #expect(try await person.found("biology") == ["Biology"]) }
        #expect(try await guru.found("needle") == ["Secret"])
        for person in [siti, other] { #expect(try await person.found("needle") == []) }
        try await siti.join(course)
        #expect(try await siti.found("needle") == [], "a request is not enough")
        _ = try await guru.perform(ApproveStudents(allOf: course))
        #expect(try await siti.found("needle") == ["Secret"])
        #expect(try await siti.found("needle", course: course) == ["Secret"])
        #expect(try await world.student("budi").found("needle", course: course) == [])
        _ = try await siti.perform(LeaveCourse(course: course))
        #expect(try await siti.found("needle") == [])
        await expectError(.notSignedIn) { try await world.anyone.perform(SearchTexts(words: "needle")) }
    }

    @Test func `materials are found from the release date on`() async throws {
        _ = try await guru.perform(EditCourse(course: course, releaseDate: "2026-11-24", enrollment: .open))
        try await siti.join(course)
        #expect(try await siti.found("needle") == [])
        #expect(try await siti.found("biology") == ["Biology"], "the course is in the catalogue")
        #expect(try await guru.found("needle") == ["Secret"])
        world.advance(by: Lifetime(seconds: 12 * 3600 - 1))
        #expect(try await siti.found("needle") == [])
        world.advance(by: Lifetime(seconds: 1))
        #expect(try await siti.found("needle") == ["Secret"])
    }

    @Test func `what may not be read takes no row of a page, and leaves no trace in its cursor`() async throws {
        let mine = siti.service
        for number in 1...30 {
            _ = try await guru.makeMaterial("Needle \(number)", text: "needle needle", in: course)
        }
        let open = try await guru.makeCourse("open", title: "Open")
        for number in 1...3 { _ = try await guru.makeMaterial("Week \(number)", text: "needle", in: open) }
        try await siti.join(open)
        let first = try await mine.perform(SearchTexts(words: "needle", limit: 2))
        #expect(first.items.map(\.title) == ["Week 1", "Week 2"])
        let second = try await mine.perform(SearchTexts(words: "needle", limit: 2, after: first.next))
        #expect(second.items.map(\.title) == ["Week 3"])
        #expect(second.next == nil)

        // The same answers, byte for byte, as where the others are not.
        let answer = try asJSON(first)
        _ = try await guru.perform(DeleteCourse(course: course))
        #expect(try asJSON(await mine.perform(SearchTexts(words: "needle", limit: 2))) == answer)
    }

    @Test func `a list of courses has one's own alone, unless the catalogue is asked for`() async throws {
        let other = try await world.teacher("other")
        _ = try await other.makeCourse("bio-2", title: "Biology two")
        func codes(_ person: Person, _ scope: ListCourses.Scope?) async throws -> [String] {
            try await person.perform(ListCourses(scope: scope, words: "biology")).items.map(\.code.rawValue)
        }
        #expect(try await codes(guru, nil) == ["bio"])
        #expect(try await codes(other, .mine) == ["bio-2"])
        #expect(try await codes(siti, .mine) == [])
        try await siti.join("bio-2")
        #expect(try await codes(siti, .mine) == ["bio-2"])
        for person in [guru, siti, other] { #expect(try await codes(person, .all) == ["bio", "bio-2"]) }
        let status = try await siti.perform(ListCourses(scope: .all, words: "two")).items.map(\.status?.known)
        #expect(status == [.enrolled])
    }
}
