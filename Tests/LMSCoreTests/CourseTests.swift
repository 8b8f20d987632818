import LMSCore
import LMSTestSupport
import Testing

/// Courses.
@Suite struct CourseTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
    }

    @Test func `a course belongs to its maker, is open, and is released today unless it is said otherwise`() async throws {
        let made = try await guru.perform(CreateCourse(title: "Biologi Dasar"))
        #expect(made.outcome == .created)
        #expect(!made.isDryRun)
        #expect(made.record.id != nil)
        #expect(made.record.teacher.rawValue == "guru")
        #expect(made.record.releaseDate.description == "2026-11-23")
        #expect(made.record.enrollment == .open)
        #expect(made.record.students == 0)
        #expect(made.record.description == nil)
        #expect(made.record.status == nil)
    }

    @Test(
        arguments: [
            ("Biologi Dasar", "biologi-dasar"), ("  C++ & Java!  ", "c-java"),
            ("\u{c9}cole d'\u{e9}t\u{e9}", "ecole-d-ete"),
            ("\u{751f}\u{7269}\u{5b66}", "course"), ("\u{1f469}\u{200d}\u{1f3eb}", "course"),
            ("!!!", "course"),
            ("BIO-101", "bio-101"),
            // A long one ends with a word, unless little is left then.
            ("Pengantar Ilmu Pengetahuan Alam dan Lingkungan", "pengantar-ilmu-pengetahuan-alam-dan"),
            ("Pengantar Ilmu Pengetahuan Alam dan Bumi Kita", "pengantar-ilmu-pengetahuan-alam-dan-bumi"),
            (
                "Ilmu " + String(repeating: "x", count: 60),
                "ilmu-" + String(repeating: "x", count: 35)
            ),
        ])
    func `a code is made from the title`(title: String, code: String) async throws {
        let made = try await guru.perform(CreateCourse(title: title))
        #expect(made.record.code.rawValue == code)
    }

    @Test(arguments: ["Biologi Dasar", "\u{751f}\u{7269}"])
    func `50 courses of one title have 50 codes`(title: String) async throws {
        var codes: [String] = []
        for _ in 0..<50 {
            codes.append(try await guru.perform(CreateCourse(title: title)).record.code.rawValue)
        }
        let first = title.hasPrefix("B") ? "biologi-dasar" : "course"
        #expect(codes == [first] + (2...50).map { "\(first)-\($0)" })
    }

    @Test(
        arguments: [
            String(repeating: "9", count: 255), "2027", String(repeating: "a b ", count: 63), "-", "a",
            String(repeating: "x", count: 49) + "-y",
        ])
    func `a made code keeps the rule whatever the title, also with a number behind it`(title: String) async throws {
        for _ in 0..<120 {
            let made = try await guru.perform(CreateCourse(title: title))
            let code = made.record.code.rawValue
            #expect((1...50).contains(code.utf8.count))
            #expect(code.contains { $0.isLetter })
            let found = try await guru.perform(ShowCourse(course: CourseReference(code)))
            #expect(found.id == made.record.id)
        }
    }

    @Test(arguments: ["a", "BIO-101", "1a", "x._-", String(repeating: "a", count: 50)])
    func `a code has 1 to 50 of A-Z a-z 0-9 . _ -, at least one letter, the first a letter or digit`(code: String) async throws {
        let course = try await guru.makeCourse(code)
        #expect(course.text == code)
    }

    @Test(
        arguments: [
            "", "101", "1.2", ".a", "-a", "_a", "a b", "a/b", "a%", "b\u{ef}o", "a\0",
            String(repeating: "a", count: 51),
            "\u{212a}imia",
        ])
    func `any other code is refused, at creation and when edited`(code: String) async throws {
        let course = try await guru.makeCourse()
        try await world.expectRefusal(.invalid) { try await guru.makeCourse(code) }
        try await world.expectRefusal(.invalid) {
            try await guru.perform(EditCourse(course: course, code: CourseCode(code)))
        }
    }

    @Test func `a code is unique ignoring case, over all teachers`() async throws {
        _ = try await guru.makeCourse("BIO-101")
        let other = try await world.teacher("other")
        try await world.expectRefusal(.conflict) { try await other.makeCourse("bio-101") }
        let second = try await guru.makeCourse("bio-102")
        try await world.expectRefusal(.conflict) {
            try await guru.perform(EditCourse(course: second, code: "Bio-101"))
        }
        #expect(try await guru.perform(ShowCourse(course: "bIO-101")).code.rawValue == "BIO-101")
    }

    @Test func `a code may change its case`() async throws {
        let course = try await guru.makeCourse("BIO-101")
        let edited = try await guru.perform(EditCourse(course: course, code: "bio-101"))
        #expect(edited.outcome == .updated)
        #expect(edited.record.code.rawValue == "bio-101")
    }

    @Test(
        arguments: [
            "0", "01", "+1", "-1", " 1", "1 ", "2", "9223372036854775807", "9223372036854775808", "\u{661}",
        ]
            + ["", "x", "a b", "bio-101\0", "%", "bio-10_", "' OR 1=1 --", "99999999999999999999999"]
            + [
                "course:2", "course:01", "course:", "course:bio-101", "Course:1", "material:1",
                "course:course:1",
            ])
    func `an id is digits without sign, zeros or spaces; a code that is not there, and no code at all, is not found`(text: String)
        async throws
    {
        let course = try await guru.makeCourse()
        for id in ["1", "course:1"] as [CourseReference] {
            #expect(try await guru.perform(ShowCourse(course: id)).code.rawValue == course.text)
        }
        await expectError(.notFound) { try await guru.perform(ShowCourse(course: CourseReference(text))) }
    }

    @Test func `if_not_exists: an own course of that code is unchanged, whatever else is asked`() async throws {
        let made = try await guru.perform(create("BIO-101"))
        #expect(made.outcome == .created)
        let before = try await world.dump()
        let again = try await guru.perform(create("bio-101", title: "Other", enrollment: .closed))
        #expect(again.outcome == .unchanged)
        #expect(again.record.id == made.record.id)
        #expect(again.record.title == "Biology")
        #expect(try await world.dump() == before)
    }

    @Test func `if_not_exists: another's course of that code is a conflict, and without a code nothing can be told`() async throws {
        _ = try await guru.perform(create("BIO-101"))
        let other = try await world.teacher("other")
        try await world.expectRefusal(.conflict) { try await other.perform(create("bio-101")) }
        try await world.expectRefusal(.invalid) {
            try await guru.perform(CreateCourse(title: "Biology", ifNotExists: true))
        }
    }

    private func create(
        _ code: String, title: String = "Biology", enrollment: EnrollmentPolicy? = nil
    ) -> CreateCourse {
        CreateCourse(
            title: title, code: CourseCode(code), enrollment: enrollment, ifNotExists: true)
    }

    @Test(arguments: ["2028-02-29", "2000-02-29", "2027-12-31", "0001-01-01", "9999-12-31"])
    func `a release date is a day of the calendar`(date: String) async throws {
        let made = try await guru.perform(CreateCourse(title: "Biology", releaseDate: date))
        #expect(made.record.releaseDate.description == date)
    }

    @Test(
        arguments: [
            "", "2027-02-29", "1900-02-29", "2027-02-30", "2027-04-31", "2027-13-01", "2027-00-01",
            "2027-01-00",
            "2027-1-1", "27-01-11", "2027/01/11", "2027-01-11 ", " 2027-01-11", "2027-01-11T00:00:00Z",
            "0000-01-01", "-001-01-01", "10000-01-01", "tomorrow", "2027-01-1\u{661}", "+027-01-11",
            "2027-01-11\0",
        ])
    func `any other release date is refused, at creation and when edited`(date: String) async throws {
        let course = try await guru.makeCourse()
        try await world.expectRefusal(.invalid) { try await guru.makeCourse("b", releaseDate: date) }
        try await world.expectRefusal(.invalid) {
            try await guru.perform(EditCourse(course: course, releaseDate: date))
        }
    }

    @Test func `an edit changes what is given, and leaves the rest`() async throws {
        let course = try await guru.makeCourse()
        let edited = try await guru.perform(
            EditCourse(course: course, title: "Botany", description: "Plants", enrollment: .closed))
        #expect(edited.outcome == .updated)
        let shown = try await guru.perform(ShowCourse(course: course))
        #expect(shown.title == "Botany")
        #expect(shown.description == "Plants")
        #expect(shown.enrollment == .closed)
        #expect(shown.code.rawValue == "bio-101")
        #expect(shown.releaseDate.description == "2026-11-23")
        _ = try await guru.perform(EditCourse(course: course, description: ""))
        #expect(try await guru.perform(ShowCourse(course: course)).description == nil)
    }

    @Test func `an edit to what is there is unchanged; another spelling of a letter in the text is a change`() async throws {
        let course = try await guru.makeCourse()
        _ = try await guru.perform(EditCourse(course: course, title: "\u{c9}cologie", description: "\u{e9}"))
        let before = try await world.dump()
        let same = try await guru.perform(
            EditCourse(
                course: course, title: " E\u{301}cologie ", code: "bio-101", description: "\u{e9}",
                releaseDate: "2026-11-23", enrollment: .open))
        #expect(same.outcome == .unchanged)
        #expect(try await world.dump() == before)
        let respelt = try await guru.perform(EditCourse(course: course, description: "e\u{301}"))
        #expect(respelt.outcome == .updated)
        let shown = try await guru.perform(ShowCourse(course: course)).description
        #expect(Array(try #require(shown).utf8) == Array("e\u{301}".utf8))
    }

    @Test func `deleting takes the materials and enrollments with it, and says how many`() async throws {
        let course = try await guru.makeCourse()
        let kept = try await guru.makeCourse("kept")
        for title in ["a", "b"] { _ = try await guru.makeMaterial(title, in: course) }
        _ = try await guru.makeMaterial("a", in: kept)
        for name in ["siti", "budi", "tuti"] { try await world.student(name).join(course) }
        let deleted = try await guru.perform(DeleteCourse(course: course))
        #expect(deleted.outcome == .deleted)
        #expect(deleted.record.materials == 2)
        #expect(deleted.record.enrollments == 3)
        #expect(deleted.record.course.code.rawValue == "bio-101")
        await expectError(.notFound) { try await guru.perform(ShowCourse(course: course)) }
        #expect(try await world.count("SELECT count(*) FROM material") == 1)
        #expect(try await world.count("SELECT count(*) FROM enrollment") == 0)
        let next = try await guru.perform(CreateCourse(title: "Next"))
        #expect(next.record.id?.rawValue == 3, "an id is not given out twice")
    }

    @Test func `the list is mine: own ones for a teacher, followed ones for a student; the catalogue has all`() async throws {
        let other = try await world.teacher("other")
        let siti = try await world.student()
        let mine = try await guru.makeCourse("a")
        _ = try await other.makeCourse("b", enrollment: .approval)
        _ = try await other.makeCourse("c", releaseDate: "2030-01-01")
        try await siti.join(mine)
        try await siti.join("b")
        #expect(try await codes(guru, .mine) == ["a -"])
        #expect(try await codes(other, nil) == ["b -", "c -"])
        #expect(try await codes(siti, .mine) == ["a enrolled", "b pending"])
        #expect(try await codes(siti, .all) == ["a enrolled", "b pending", "c -"])
        #expect(try await codes(guru, .all) == ["a -", "b -", "c -"])
    }

    private func codes(_ person: Person, _ scope: ListCourses.Scope?) async throws -> [String] {
        try await person.perform(ListCourses(scope: scope)).items.map {
            "\($0.code) \($0.status?.rawValue ?? "-")"
        }
    }
}
