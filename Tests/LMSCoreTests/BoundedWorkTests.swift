import LMSCore
import LMSDatabase
import LMSTestSupport
import Testing

/// Work is bounded, whatever texts are made of.
@Suite struct BoundedWorkTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
    }

    // PostgreSQL keeps 256 places of a word at most. Source: its manual, chapter 12.11.
    @Test(.enabled(if: World.dialect.indexesEndWithID))
    func `a phrase that nearly matches everywhere is found where it stands`() async throws {
        // Each word but the last comes up again and again right before the end of the phrase.
        let text =
            String(repeating: "on on on off on on off ", count: 20_000) + "on on on on end "
            + String(repeating: "on ", count: 100)
        _ = try await guru.perform(CreateCourse(title: "Switches", code: "sw", description: text))
        let start = ContinuousClock.now
        let hit = try #require(await guru.perform(SearchTexts(words: "on-on-on-on-end")).items.first)
        #expect(hit.snippet?.contains("on on on on end on") == true, "\(hit.snippet ?? "")")
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test(
        arguments: [
            ("a b a b a c", "a-b-a-c", 4), ("a a b a a a b", "a-a-a-b", 6), ("a a a ab", "a-a-a", 0),
            ("x a b, a b c", "a-b-c", 7), ("b a ba bab", "a-b", 2), ("a b c a b d", "b-d a-b-d", 8),
        ])
    func `a phrase is found as by comparing it everywhere`(text: String, words: String, place: Int) async throws {
        let filler = String(repeating: "zz ", count: 30)
        let description = filler + text + " " + filler
        _ = try await guru.perform(CreateCourse(title: "C", code: "c", description: description))
        let hit = try #require(await guru.perform(SearchTexts(words: words)).items.first)
        // A snippet begins at the first word within the 40 characters before the hit.
        let start = filler.utf8.count + place - 40
        let shown = description.utf8.dropFirst(start).drop { $0 != UInt8(ascii: " ") }.dropFirst().prefix(60)
        let snippet = try #require(hit.snippet)
        #expect(snippet.unicodeScalars.first == "…")
        #expect(snippet.utf8.dropFirst("…".utf8.count).starts(with: shown), "\(snippet)")
    }

    @Test func `a word may stand in a search ten times`() async throws {
        let phrase = { (count: Int) in Array(repeating: "a", count: count).joined(separator: "-") }
        #expect(try await guru.found(phrase(10)) == [])
        let error = await expectError(.invalid) { try await guru.found(phrase(11)) }
        #expect(error?.message == "the search has 'a' more than 10 times")
        await expectError(.invalid) { try await guru.found("A.B.C a-b-a b a a.a.a-a-a-a-a-a") }
        await expectError(.invalid) { try await guru.perform(ListCourses(words: phrase(11))) }
    }

    @Test func `a title or a code that was taken so that no number is left is refused`() async throws {
        let course = try await guru.makeCourse("bio", title: "Biology")
        _ = try await guru.makeMaterial("x", in: course)
        _ = try await guru.makeCourse("x", title: "X")
        for power in 1...62 {
            _ = try await guru.makeMaterial("x (\(1 << power))", in: course)
            _ = try await guru.makeCourse("x-\(1 << power)", title: "X")
        }
        try await world.expectRefusal(.conflict) {
            try await guru.perform(AddMaterial(course: course, description: "x"))
        }
        try await world.expectRefusal(.conflict) { try await guru.perform(CreateCourse(title: "x")) }
    }

    @Test func `the next number is found though thousands are taken`() async throws {
        _ = try await guru.makeCourse("bio", title: "Biology")
        let materials = (1...3000).map { "- {title: x\($0 == 1 ? "" : " (\($0))"), description: y}\n" }
            .joined()
        _ = try await guru.perform(
            ApplyCourseFiles(files: [CourseFileScene.file("course: bio\nmaterials:\n\(materials)", [])]))
        let start = ContinuousClock.now
        let made = try await guru.perform(AddMaterial(course: "bio", description: "x"))
        let duration = ContinuousClock.now - start
        #expect(made.record.title == "x (3001)")
        // The same where nothing is in the way: one look-up for each would take hundreds of times as long.
        _ = try await guru.makeCourse("chem", title: "Chemistry")
        let free = ContinuousClock.now
        for _ in 1...30 { _ = try await guru.perform(AddMaterial(course: "chem", description: "x")) }
        #expect(duration < .milliseconds(20) + (ContinuousClock.now - free))
    }

    @Test func `a cancelled request ends with 'busy', and changes nothing`() async throws {
        let before = try await world.dump()
        let service = guru.service
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await service.perform(CreateCourse(title: "Biology"))
        }
        let error = await expectError(.busy) { try await task.value }
        #expect(error?.retryAfter != nil)
        #expect(try await world.dump() == before)
    }
}
