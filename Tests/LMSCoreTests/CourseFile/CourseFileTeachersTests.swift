import LMSCore
import LMSTestSupport
import Testing

/// `teachers` in course files: who teaches a course beside its owner.
@Suite struct CourseFileTeachersTests {
    let scene: CourseFileScene
    let ani: Person
    let dewi: Person

    init() async throws {
        scene = try await CourseFileScene()
        ani = try await scene.world.teacher("ani")
        dewi = try await scene.world.teacher("dewi")
    }

    private func teachers() async throws -> [String] {
        try await scene.guru.perform(ListTeachers(course: "bio-101")).items.map { $0.username.rawValue }
    }

    private func apply(_ text: String, prune: Bool = false, by person: Person) async throws -> [String] {
        CourseFileScene.lines(
            try await person.perform(ApplyCourseFiles(files: [CourseFileScene.file(text)], prune: prune)))
    }

    @Test func `a list adds, with prune it takes away too, and without one nothing changes`() async throws {
        #expect(
            try await scene.apply("course: bio-101\ntitle: Biology\nteachers: [ANI, ani, guru]") == [
                "created course Biology", "created teacher ani",
            ])
        #expect(try await scene.apply("course: bio-101\nteachers: [dewi]") == ["created teacher dewi"])
        #expect(try await teachers() == ["ani", "dewi", "guru"])
        #expect(try await scene.apply("course: bio-101", prune: true) == ["unchanged course Biology"])
        let before = try await scene.world.dump()
        #expect(try await scene.diff("course: bio-101\nteachers: [ani]", prune: true) == ["deleted teacher dewi"])
        #expect(try await scene.world.dump() == before)
        #expect(try await scene.apply("course: bio-101\nteachers: [ani]", prune: true) == ["deleted teacher dewi"])
        #expect(try await scene.apply("course: bio-101\nteachers: []") == ["unchanged course Biology"])
        #expect(try await scene.apply("course: bio-101\nteachers: []", prune: true) == ["deleted teacher ani"])
        #expect(try await teachers() == ["guru"])
    }

    @Test func `who cannot teach is named with the place`() async throws {
        #expect(
            try await scene.problems("course: bio-101\ntitle: T\nteachers: [siti, nobody]") == [
                "3:12: 'siti' is a student, who cannot teach a course", "3:18: there is no user 'nobody'",
            ])
    }

    @Test func `a teacher who is not the owner applies all but another list of teachers`() async throws {
        try await scene.apply("course: bio-101\ntitle: Biology\nteachers: [ani]")
        #expect(
            try await apply("course: bio-101\ntitle: Biology I\nteachers: [ani]", prune: true, by: ani) == [
                "updated course Biology I (title)"
            ])
        for text in ["teachers: [dewi]", "teachers: []"] {
            let error = try await scene.world.expectRefusal(.denied) {
                try await apply("course: bio-101\ntitle: Mine\n" + text, prune: true, by: ani)
            }
            #expect(error?.message.contains("only its owner can change 'teachers'") == true)
            await expectError(.denied) {
                try await ani.perform(DiffCourseFiles(files: [CourseFileScene.file("course: bio-101\n" + text)], prune: true))
            }
        }
    }

    @Test func `a token for the course alone applies all but another list of teachers`() async throws {
        try await scene.apply("course: bio-101\ntitle: Biology\nteachers: [ani]")
        let made = try await scene.guru.perform(CreateToken(label: "nightly", courses: ["bio-101"]))
        let nightly = scene.world.service(made.record.token)
        // Its first use is noted, by what is refused later too.
        _ = try await nightly.perform(WhoAmI())
        func apply(_ teachers: String) async throws -> CoursePlan {
            try await nightly.perform(
                ApplyCourseFiles(files: [CourseFileScene.file("course: bio-101\ntitle: Biology I\nteachers: [\(teachers)]")]))
        }
        try await scene.world.expectRefusal(.denied) { try await apply("ani, dewi") }
        #expect(CourseFileScene.lines(try await apply("ani")) == ["updated course Biology I (title)"])
    }

    @Test func `an export has the teachers beside the owner, and applied again it changes nothing`() async throws {
        try await scene.apply("course: bio-101\ntitle: Biology")
        let without = try await scene.guru.perform(ExportCourse(course: "bio-101")).text
        #expect(!without.contains("teachers"))
        try await scene.apply("course: bio-101\nteachers: [dewi, ani]")
        for person in [scene.guru, ani] {
            let text = try await person.perform(ExportCourse(course: "bio-101")).text
            #expect(text.contains("teachers: [ani, dewi]"))
            #expect(try await apply(text, prune: true, by: person) == ["unchanged course Biology"])
        }
    }
}
