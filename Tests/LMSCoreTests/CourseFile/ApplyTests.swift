import LMSCore
import LMSTestSupport
import Testing

/// Applying course files.
@Suite struct ApplyTests {
    let scene: CourseFileScene
    var guru: Person { scene.guru }

    init() async throws { scene = try await CourseFileScene() }

    @Test func `a new course comes whole; a second run changes nothing, and says so`() async throws {
        let expected = [
            "created course Biology", "created material Syllabus", "created material Week 1",
            "created student siti", "created student budi",
        ]
        #expect(try await scene.diff(CourseFileScene.biology) == expected)
        #expect(try await scene.apply(CourseFileScene.biology) == expected)
        let course = try await guru.perform(ShowCourse(course: "bio-101"))
        #expect(course.title == "Biology" && course.description == "Cells.\n")
        #expect(course.releaseDate.description == "2027-01-11" && course.enrollment == .approval)
        #expect(course.students == 2)
        let materials = try await guru.perform(ListMaterials(course: "bio-101")).items
        #expect(materials.map(\.title) == ["Syllabus", "Week 1"])
        #expect(materials.map { $0.description ?? "" } == ["# Syllabus\r\n", "Read chapter 1.\n"])

        let before = try await scene.world.dump()
        #expect(try await scene.apply(CourseFileScene.biology) == ["unchanged course Biology"])
        #expect(try await scene.apply(CourseFileScene.biology, prune: true) == ["unchanged course Biology"])
        #expect(try await scene.diff(CourseFileScene.biology) == ["unchanged course Biology"])
        #expect(try await scene.world.dump() == before)
    }

    @Test func `what is not said has its default in a new course, and stays in one that is there`() async throws {
        try await scene.apply("course: BIO-101\ntitle: Biology")
        let new = try await guru.perform(ShowCourse(course: "bio-101"))
        #expect(new.releaseDate.description == "2026-11-23" && new.enrollment == .open)
        #expect(new.description == nil)
        try await scene.apply(CourseFileScene.biology)
        #expect(try await scene.apply("course: bio-101", prune: true) == ["unchanged course Biology"])
        #expect(
            try await scene.apply("course: bio-101\nenrollment: open") == [
                "updated course Biology (enrollment)"
            ])
        #expect(
            try await scene.apply("course: bio-101\ndescription: ''\ntitle: Bio") == [
                "updated course Bio (title description)"
            ])
        #expect(try await guru.perform(ShowCourse(course: "bio-101")).description == nil)
        #expect(try await guru.titles(in: "bio-101") == ["1 Syllabus", "2 Week 1"])
        let error = try await scene.problems("course: NEW-1")
        #expect(error == ["1:9: there is no course 'NEW-1' yet, and a new one needs a 'title'"])
    }

    @Test func `lists only add; with prune, what they do not name goes, and an empty list empties`() async throws {
        try await scene.apply(CourseFileScene.biology)
        let less = """
            course: BIO-101
            students: [budi]
            materials: [{title: Week 1, description: New.}]
            """
        #expect(try await scene.apply(less) == ["updated material Week 1 (description)"])
        #expect(try await guru.titles(in: "bio-101") == ["1 Syllabus", "2 Week 1"])
        #expect(
            try await scene.apply(less, prune: true) == [
                "deleted material Syllabus", "deleted student siti",
            ])
        #expect(try await guru.titles(in: "bio-101") == ["1 Week 1"])
        #expect(
            try await scene.apply("course: BIO-101\nmaterials: []\nstudents: []") == [
                "unchanged course Biology"
            ])
        #expect(
            try await scene.apply("course: BIO-101\nmaterials: []\nstudents: []", prune: true) == [
                "deleted material Week 1", "deleted student budi",
            ])
        #expect(try await guru.perform(ShowCourse(course: "bio-101")).students == 0)
        #expect(try await guru.perform(SearchTexts(words: "syllabus")).items.isEmpty)
    }

    @Test func `who has asked is enrolled by name, and is not on the list that prune empties`() async throws {
        try await scene.apply("course: BIO-101\ntitle: Biology\nenrollment: approval")
        let siti = try await scene.world.logIn("siti")
        _ = try await scene.world.service(siti.token).perform(JoinCourse(course: "bio-101"))
        #expect(
            try await scene.apply("course: BIO-101\nstudents: []", prune: true) == [
                "unchanged course Biology"
            ])
        #expect(try await scene.apply("course: BIO-101\nstudents: [SITI, siti]") == ["updated student SITI"])
        let roster = try await guru.perform(ListRoster(course: "bio-101")).items
        #expect(roster.map(\.status.known) == [.enrolled])
    }

    @Test func `the order is that of the file; what it does not name stays behind its neighbour`() async throws {
        func list(_ titles: String) -> String {
            "course: BIO-101\ntitle: Biology\nmaterials:\n"
                + titles.map { "  - {title: \($0), description: x}\n" }.joined()
        }
        try await scene.apply(list("ABCDE"))
        #expect(try await scene.apply(list("AEBCD")) == ["updated material E (position)"])
        #expect(try await guru.titles(in: "bio-101") == ["1 A", "2 E", "3 B", "4 C", "5 D"])
        #expect(try await scene.apply(list("NAD")) == ["created material N"])
        #expect(try await guru.titles(in: "bio-101") == ["1 N", "2 A", "3 E", "4 B", "5 C", "6 D"])
        #expect(try await scene.apply(list("DA")) == ["updated material D (position)"])
        #expect(try await guru.titles(in: "bio-101") == ["1 N", "2 D", "3 A", "4 E", "5 B", "6 C"])
        #expect(try await scene.diff(list("DA")) == ["unchanged course Biology"])
        #expect(try await scene.apply(list("AB"), prune: true).count == 4)
        #expect(try await guru.titles(in: "bio-101") == ["1 A", "2 B"])
    }

    @Test func `several files and documents are one act: one that is wrong stops all`() async throws {
        let first = CourseFileScene.file("course: A-1\ntitle: A\n---\ncourse: B-1\ntitle: B\n", name: "a")
        let second = CourseFileScene.file("---\ncourse: C-1\ntitle: C\n---\n", name: "c")
        let plan = try await guru.perform(ApplyCourseFiles(files: [first, second]))
        #expect(
            CourseFileScene.lines(plan) == [
                "created course A", "created course B", "created course C",
            ])
        let wrong = CourseFileScene.file("course: a-1\n---\ncourse: D-1\n", name: "d")
        let error = try await scene.world.expectRefusal(.invalid) {
            try await guru.perform(ApplyCourseFiles(files: [first, wrong]))
        }
        #expect(
            error?.problems?.map(\.text) == [
                "d:1:9: the course 'a-1' is in a:1 already",
                "d:3:9: there is no course 'D-1' yet, and a new one needs a 'title'",
            ])
    }

    @Test func `a plan that was agreed to is the one that is carried out, or none is`() async throws {
        try await scene.apply(CourseFileScene.biology)
        let less = [CourseFileScene.file("course: BIO-101\nmaterials: []")]
        let dryRun = try await guru.dryRun.perform(ApplyCourseFiles(files: less, prune: true))
        #expect(dryRun.changes.map(\.isDryRun) == [true, true])
        _ = try await guru.makeMaterial("Week 2", in: "bio-101")
        try await scene.world.expectRefusal(.busy) {
            try await guru.perform(ApplyCourseFiles(files: less, prune: true, plan: dryRun.plan))
        }
        let again = try await guru.dryRun.perform(ApplyCourseFiles(files: less, prune: true))
        _ = try await guru.perform(ApplyCourseFiles(files: less, prune: true, plan: again.plan))
        #expect(try await guru.titles(in: "bio-101").isEmpty)
    }

    @Test func `only a teacher, and only one's own courses; rights come before what is wrong in a file`() async throws {
        try await scene.apply(CourseFileScene.biology)
        let other = try await scene.world.teacher("other")
        let siti = try await scene.world.logIn("siti")
        let student = scene.world.service(siti.token)
        for text in [CourseFileScene.biology, "course: BIO-101\nfoo: 1", "*"] {
            let files = [CourseFileScene.file(text)]
            try await scene.world.expectRefusal(.denied) {
                try await student.perform(ApplyCourseFiles(files: files))
            }
            await expectError(.denied) { try await student.perform(DiffCourseFiles(files: files)) }
            guard text != "*" else { continue }
            try await scene.world.expectRefusal(.denied) {
                try await other.perform(ApplyCourseFiles(files: files))
            }
        }
        await expectError(.denied) { try await other.perform(ExportCourse(course: "bio-101")) }
    }

    @Test func `the log has one entry for an act, and none for one that changed nothing`() async throws {
        try await scene.apply(CourseFileScene.biology)
        try await scene.apply(CourseFileScene.biology)
        let entries = try await guru.perform(ListLog()).items
        #expect(
            entries.map { "\($0.action) \($0.course) \($0.subject ?? "")" } == [
                "course.apply BIO-101 5 created"
            ])
    }

    @Test func `a thousand materials are found, ordered and unchanged the second time`() async throws {
        let text = (1...1000).reduce("course: BIG\ntitle: Big\nmaterials:\n") {
            $0 + "  - title: Week \($1)\n    description: Read chapter \($1).\n"
        }
        #expect(try await scene.apply(text).count == 1001)
        #expect(try await scene.apply(text, prune: true) == ["unchanged course Big"])
        let found = try await guru.perform(SearchTexts(words: "chapter 777")).items
        #expect(found.map(\.title) == ["Week 777"])
    }

    @Test
    func `a title that looks like one that is there means that one; two of a file that look alike are one too many`() async throws {
        func file(_ titles: String...) -> String {
            titles.reduce("course: LOOK\ntitle: Look\nmaterials:\n") {
                $0 + "  - title: \($1)\n    description: Read.\n"
            }
        }
        try await scene.apply(file("Week 1", "Week\u{a0}2", "Week 3"))
        #expect(
            try await scene.apply(file("Week\u{a0}1", "Week 2", "We\u{200b}ek  3"), prune: true) == [
                "unchanged course Look"
            ])
        #expect(try await guru.titles(in: "look") == ["1 Week 1", "2 Week\u{a0}2", "3 Week 3"])
        for titles in [("Week 4", "Week\u{a0}4"), ("Week\u{a0}4", "Week 4"), ("Week 1", "Week\u{a0}1")] {
            let found = try await scene.problems(file(titles.0, titles.1))
            #expect(found.count == 1 && found[0].contains("looks like") && found[0].contains("line 4"))
        }
        #expect(
            try await scene.apply(file("Week 3", "Week\u{a0}1", "Week 2"), prune: true) == [
                "updated material Week 3 (position)"
            ])
    }
}
