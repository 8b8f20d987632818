import LMSCore
import LMSTestSupport
import Testing

/// Materials.
@Suite struct MaterialTests {
    let world: World
    let guru: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        course = try await guru.makeCourse()
    }

    @Test func `positions count from 1; moving and deleting shift the others, in this course only`() async throws {
        let other = try await guru.makeCourse("other")
        for title in ["x", "y", "z"] { _ = try await guru.makeMaterial(title, in: other) }
        var ids: [MaterialReference] = []
        for title in ["a", "b", "c", "d"] { ids.append(try await guru.makeMaterial(title, in: course)) }
        #expect(try await guru.titles(in: course) == ["1 a", "2 b", "3 c", "4 d"])
        let moved = try await guru.perform(EditMaterial(material: ids[3], position: 2))
        #expect(moved.record.position == 2)
        #expect(try await guru.titles(in: course) == ["1 a", "2 d", "3 b", "4 c"])
        _ = try await guru.perform(EditMaterial(material: ids[0], position: 4))
        #expect(try await guru.titles(in: course) == ["1 d", "2 b", "3 c", "4 a"])
        let deleted = try await guru.perform(DeleteMaterial(material: ids[1]))
        #expect(deleted.outcome == .deleted)
        #expect(deleted.record.material.title == "b")
        #expect(try await guru.titles(in: course) == ["1 d", "2 c", "3 a"])
        let added = try await guru.perform(AddMaterial(course: course, title: "e", description: ""))
        #expect(added.record.position == 4)
        #expect(try await guru.titles(in: other) == ["1 x", "2 y", "3 z"])
    }

    @Test func `a material is found by its title in its course, and by its id in both spellings`() async throws {
        let other = try await guru.makeCourse("other")
        _ = try await guru.makeMaterial("Week 1", in: other)
        let material = try await guru.makeMaterial("Week 1", in: course)
        func titled(_ title: String) async throws -> [String] {
            try await guru.perform(ListMaterials(course: course, title: title)).items
                .map { "\($0.id) \($0.title) \($0.courseCode?.rawValue ?? "-")" }
        }
        #expect(try await titled(" Week 1 ") == ["2 Week 1 bio-101"])
        for title in ["week 1", "Week", "", "a\nb", String(repeating: "x", count: 300)] {
            #expect(try await titled(title) == [])
        }
        for text in [material.text, "material:\(material)"] {
            let shown = try await guru.perform(ShowMaterial(material: MaterialReference(text)))
            #expect(shown.title == "Week 1" && shown.courseCode?.rawValue == "bio-101")
        }
        for text in ["course:2", "material:", "material:02", "material:material:2", "Material:2"] {
            await expectError(.notFound) {
                try await guru.perform(ShowMaterial(material: MaterialReference(text)))
            }
        }
        let student = try await world.student()
        await expectError(.denied) {
            try await student.perform(ListMaterials(course: course, title: "Week 1"))
        }
    }

    @Test(arguments: [0, -1, 3, Int.max, Int.min])
    func `a position that the course does not have is refused`(position: Int) async throws {
        let material = try await guru.makeMaterial("a", in: course)
        _ = try await guru.makeMaterial("b", in: course)
        try await world.expectRefusal(.invalid) {
            try await guru.perform(EditMaterial(material: material, position: position))
        }
    }

    @Test(
        arguments: [
            ("Read chapter 1.\nThen rest.", "Read chapter 1."), ("\r\n\r\n# Week 1\r\nMore", "Week 1"),
            ("## ", nil), ("", nil), (" \n\t\n", nil), ("\u{feff}Mark", "Mark"), ("a\tb\u{1b}c", "a b c"),
            (
                "Photosynthesis is the process by which green plants turn light into sugar",
                "Photosynthesis is the process by which green plants turn"
            ),
            (String(repeating: "x", count: 100), String(repeating: "x", count: 60)),
            (String(repeating: "\u{1f600}", count: 61), String(repeating: "\u{1f600}", count: 60)),
            ("e\u{301}cole", "\u{e9}cole"), ("\u{200b}\n# \u{3164}\u{fffd}\nSeen", "Seen"),
            ("\u{e0041}\u{e0042} a\u{e0043} b", "a b"),
        ] as [(String, String?)])
    func `without a title, the first words of the text are the title, at most 60 characters`(text: String, title: String?)
        async throws
    {
        guard let title else {
            try await world.expectRefusal(.invalid) {
                try await guru.perform(AddMaterial(course: course, description: text))
            }
            return
        }
        let made = try await guru.perform(AddMaterial(course: course, description: text))
        #expect(Array(made.record.title.utf8) == Array(title.utf8))
        #expect(Array(try #require(made.record.description).utf8) == Array(text.utf8))
    }

    @Test func `an automatic title that is taken gets a number`() async throws {
        _ = try await guru.makeMaterial("Week 1", in: course)
        for number in 2...4 {
            let made = try await guru.perform(AddMaterial(course: course, description: "Week 1"))
            #expect(made.record.title == "Week 1 (\(number))")
        }
    }

    @Test func `a title without a text is a material`() async throws {
        let made = try await guru.perform(AddMaterial(course: course, title: "Week 1", description: ""))
        #expect(made.outcome == .created)
        #expect(made.record.description == "")
    }

    @Test func `a title is unique within its course, whichever way its letters are written`() async throws {
        let first = try await guru.makeMaterial("\u{c9}cole", in: course)
        let second = try await guru.makeMaterial("Week 2", in: course)
        for title in ["\u{c9}cole", "E\u{301}cole", " \u{c9}cole "] {
            try await world.expectRefusal(.conflict) { try await guru.makeMaterial(title, in: course) }
            try await world.expectRefusal(.conflict) {
                try await guru.perform(EditMaterial(material: second, title: title))
            }
        }
        let other = try await guru.makeCourse("other")
        _ = try await guru.makeMaterial("\u{c9}cole", in: other)
        let own = try await guru.perform(
            EditMaterial(material: first, title: "\u{c9}cole", description: "new"))
        #expect(own.outcome == .updated)
    }

    @Test func `an edit to what is there is unchanged; another spelling of a letter in the text is a change`() async throws {
        let material = try await guru.makeMaterial("\u{c9}cole", text: "\u{e9}", in: course)
        let before = try await world.dump()
        for same in [
            EditMaterial(material: material),
            EditMaterial(material: material, title: "E\u{301}cole", description: "\u{e9}", position: 1),
        ] {
            #expect(try await guru.perform(same).outcome == .unchanged)
        }
        #expect(try await world.dump() == before)
        let respelt = try await guru.perform(EditMaterial(material: material, description: "e\u{301}"))
        #expect(respelt.outcome == .updated)
        let shown = try await guru.perform(ShowMaterial(material: material)).description
        #expect(Array(try #require(shown).utf8) == Array("e\u{301}".utf8))
    }

    @Test func `the text can be left out of a list`() async throws {
        _ = try await guru.makeMaterial("a", text: "long", in: course)
        #expect(
            try await guru.perform(ListMaterials(course: course, text: false)).items.first?.description == nil
        )
        #expect(try await guru.perform(ListMaterials(course: course)).items.first?.description == "long")
    }

    @Test func `students read from midnight of the release date on; the teacher always`()
        async throws
    {
        let later = try await guru.makeCourse("later", releaseDate: "2026-11-25")
        let material = try await guru.makeMaterial("a", in: later)
        let siti = try await world.student()
        #expect(try await siti.join(later).record.status == .enrolled)
        world.advance(milliseconds: 36 * 3_600_000 - 1)
        #expect(world.now.description == "2026-11-24T23:59:59Z")
        for useCase in [ListMaterials(course: later), ShowMaterial(material: material)] as [any UseCase] {
            let error = await expectError(.denied) { try await siti.service.perform(useCase) as Any }
            #expect(error?.message.contains("2026-11-25 00:00 UTC") == true)
            _ = try await guru.service.perform(useCase) as Any
        }
        world.advance(milliseconds: 1)
        #expect(try await siti.titles(in: later) == ["1 a"])
        _ = try await siti.perform(ShowMaterial(material: material))
    }

    @Test func `a material is reached only through its own course`() async throws {
        let material = try await guru.makeMaterial("a", in: course)
        let other = try await guru.makeCourse("other")
        let siti = try await world.student()
        try await siti.join(other)
        for person in [guru, siti] {
            await expectError(.notFound) {
                try await person.perform(ShowMaterial(material: material, course: other))
            }
        }
        try await world.expectRefusal(.notFound) {
            try await guru.perform(EditMaterial(material: material, course: other, title: "b"))
        }
        try await world.expectRefusal(.notFound) {
            try await guru.perform(DeleteMaterial(material: material, course: other))
        }
        #expect(try await guru.perform(ShowMaterial(material: material, course: course)).title == "a")
    }

    @Test(arguments: ["1", "99", "x"])
    func `under a course, who may not read does not learn which materials there are`(id: String) async throws {
        _ = try await guru.makeMaterial("a", in: course)
        let siti = try await world.student()
        let other = try await world.teacher("other")
        let reference = MaterialReference(id)
        for person in [siti, other] {
            for useCase in [
                ShowMaterial(material: reference, course: course),
                EditMaterial(material: reference, course: course),
                DeleteMaterial(material: reference, course: course),
            ] as [any UseCase] {
                try await world.expectRefusal(.denied) { try await person.service.perform(useCase) as Any }
            }
        }
    }

    @Test func `a denial shows nothing of the material`() async throws {
        let material = try await guru.makeMaterial("Secret title", text: "secret text", in: course)
        let siti = try await world.student()
        let error = await expectError(.denied) { try await siti.perform(ShowMaterial(material: material)) }
        let words = "\(error?.message ?? "") \(error?.hint ?? "")".lowercased()
        #expect(!words.contains("secret"))
    }
}

/// Titles that look alike.
@Suite struct LookAlikeTitleTests {
    let world: World
    let guru: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        course = try await guru.makeCourse()
    }

    /// Look like `Week 1 caf\u{e9}`.
    static let alike = [
        "Week\u{a0}1 caf\u{e9}", "Week  1\u{202f}\u{2003}caf\u{e9}", "We\u{200b}ek 1 caf\u{e9}",
        "Week 1 ca\u{ad}f\u{e9}", "Week 1 cafe\u{34f}\u{301}", "Week\u{3164}1 caf\u{e9}",
        "Week\u{2060} 1 caf\u{e9}",
        "W\u{fe0f}eek 1 caf\u{e9}", "Week\u{2800}1 caf\u{e9}",
    ]

    @Test(
        arguments: alike
    )
    func `a title that looks like another one's in the course is taken, whichever came first`(title: String) async throws {
        for (first, second) in [("Week 1 caf\u{e9}", title), (title, "Week 1 caf\u{e9}"), (title, title)] {
            let course = try await guru.makeCourse("c\(first.utf8.count)-\(second.utf8.count)")
            let material = try await guru.makeMaterial(first, in: course)
            let other = try await guru.makeMaterial("Week 2", in: course)
            let refused: [any UseCase] = [
                AddMaterial(course: course, title: second, description: "x"),
                EditMaterial(material: other, title: second),
            ]
            for useCase in refused {
                try await world.expectRefusal(.conflict) { try await guru.service.perform(useCase) as Any }
            }
            // It is its own name, however it is written; and another course has its own.
            _ = try await guru.perform(EditMaterial(material: material, title: second))
            _ = try await guru.perform(EditMaterial(material: material, title: first))
            let elsewhere = try await guru.makeCourse("e\(first.utf8.count)-\(second.utf8.count)")
            _ = try await guru.makeMaterial(second, in: elsewhere)
            _ = try await guru.perform(DeleteMaterial(material: material))
            _ = try await guru.perform(EditMaterial(material: other, title: second))
            #expect(try await guru.titles(in: course) == ["1 \(second)"])
        }
    }

    @Test func `titles that differ in what is seen are two, be it in a flag's tags`() async throws {
        let titles = [
            "Week 1", "week 1", "Week1", "Week 1.", "W\u{1eb9}ek 1", InvisibleCharacterTests.scotland,
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "\u{1f3f4}",
        ]
        for title in titles { _ = try await guru.makeMaterial(title, in: course) }
        #expect(try await guru.titles(in: course).count == titles.count)
    }

    @Test func `a title that is made from a text gets a number where one looks the same`() async throws {
        _ = try await guru.makeMaterial("Week\u{a0}1", in: course)
        let made = try await guru.perform(AddMaterial(course: course, description: "Week 1\nRead."))
        #expect(made.record.title == "Week 1 (2)")
    }

    @Test func `rows that looked alike before stay, and can be changed but for their titles`() async throws {
        let first = try await guru.makeMaterial("Week 1", in: course)
        let second = try await guru.makeMaterial("Week 2", in: course)
        try await world.plant(
            "UPDATE material SET title = 'We\u{200b}ek 1', title_key = 'Week 1' WHERE title = 'Week 2'")
        for material in [first, second] {
            _ = try await guru.perform(EditMaterial(material: material, description: "new"))
            try await world.expectRefusal(.conflict) {
                try await guru.perform(EditMaterial(material: material, title: "Week\u{a0}1"))
            }
        }
        let file = try await guru.perform(ExportCourse(course: course))
        let plan = try await guru.perform(DiffCourseFiles(files: [file], prune: true))
        #expect(!plan.hasChanges)
    }
}
