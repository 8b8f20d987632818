import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Last year's course is next year's, with all dates moved.
@Suite struct CopyCourseTests {
    let world: World
    let guru: Person
    let budi: Person
    let siti: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        budi = try await world.teacher("budi")
        siti = try await world.student()
        course = try await guru.makeCourse(releaseDate: "2026-02-01")
        _ = try await guru.perform(EditCourse(course: course, description: "Cells and genes."))
        _ = try await guru.perform(AddTeachers(course: course, usernames: [budi.username]))
        try await siti.join(course)
    }

    private func add(_ title: String, _ fields: MaterialFields) async throws {
        var fields = fields
        (fields.title, fields.description) = (title, "Text of \(title).")
        _ = try await guru.perform(AddMaterial(course: course, fields))
    }

    private func materials(of course: CourseReference, by person: Person? = nil) async throws -> [String] {
        try await (person ?? guru).perform(ListMaterials(course: course)).items.map {
            [
                "\($0.position)", $0.title, $0.description ?? "-", $0.plan.section ?? "-", $0.plan.isHidden ? "draft" : "-",
                $0.plan.releaseDate?.description ?? "-", $0.plan.due?.description ?? "-",
            ].joined(separator: " | ")
        }
    }

    @Test func `texts, sections, order, drafts and dates are copied, and nobody is in it`() async throws {
        try await add("Cells", MaterialFields(section: "Week 1", releaseDate: "2026-02-02", due: "2026-02-28"))
        try await add("Quiz", MaterialFields(section: "Week 1", hidden: true, due: "2026-12-31T23:59"))
        try await add("Exam", MaterialFields())
        _ = try await guru.perform(EditMaterial(material: MaterialReference("3"), position: 1))
        world.advance(by: .days(3))
        let copied = try await budi.perform(CopyCourse(course: course, code: "bio-102", title: "Botany", shiftDays: 365))
        #expect(copied.outcome == .created && copied.record.materials == 3 && copied.record.shiftDays == 365)
        let shown = try await budi.perform(ShowCourse(course: "bio-102"))
        #expect(shown.id == copied.record.course.id && shown.teacher == budi.username && shown.role == .owner)
        #expect(shown.title == "Botany" && shown.description == "Cells and genes." && shown.enrollment == .open)
        #expect(shown.releaseDate == CalendarDate("2027-02-01") && shown.students == 0)
        #expect(
            try await materials(of: "bio-102", by: budi) == [
                "1 | Exam | Text of Exam. | - | - | - | -",
                "2 | Cells | Text of Cells. | Week 1 | - | 2027-02-02 | 2027-02-28",
                "3 | Quiz | Text of Quiz. | Week 1 | draft | - | 2027-12-31T23:59",
            ])
        let dates = try await budi.perform(ListMaterials(course: "bio-102")).items.map(\.dates)
        #expect(dates.allSatisfy { $0.createdAt == world.now && $0.modifiedAt == world.now })
        #expect(try await budi.perform(ListTeachers(course: "bio-102")).items.map(\.username) == [budi.username])
        await expectError(.denied) { try await guru.perform(ListRoster(course: "bio-102")) }
        #expect(
            try await budi.perform(ListLog(course: "bio-102")).items.map { "\($0.action) \($0.subject ?? "")" }
                == ["course.copy bio-101"])
        #expect(try await guru.perform(ListLog(course: course)).items.first?.action == "material.edit", "it was only read")
        #expect(try await materials(of: course).first == "1 | Exam | Text of Exam. | - | - | - | -")
        #expect(try await materials(of: course).last == "3 | Quiz | Text of Quiz. | Week 1 | draft | - | 2026-12-31T23:59")
        #expect(try await budi.found("cells").sorted() == ["Biology", "Botany", "Cells", "Cells"])
    }

    @Test(
        arguments: [
            (nil, nil, 0, "2026-02-01", "2026-02-28", "2026-03-01T00:00"),
            ("2028-02-01", nil, 730, "2028-02-01", "2028-02-28", "2028-02-29T00:00"),
            ("2025-12-31", nil, -32, "2025-12-31", "2026-01-27", "2026-01-28T00:00"),
            (nil, 1, 1, "2026-02-02", "2026-03-01", "2026-03-02T00:00"),
            (nil, -364, -364, "2025-02-02", "2025-03-01", "2025-03-02T00:00"),
        ] as [(String?, Int?, Int, String, String, String)])
    func `dates move together`(
        date: String?, days: Int?, moved: Int, released: String, day: String, minute: String
    ) async throws {
        try await add("Cells", MaterialFields(releaseDate: "2026-02-28", due: "2026-02-28"))
        try await add("Quiz", MaterialFields(due: "2026-03-01T00:00"))
        let copied = try await guru.perform(CopyCourse(course: course, code: "next", releaseDate: date, shiftDays: days)).record
        #expect(copied.shiftDays == moved && copied.course.releaseDate.description == released)
        #expect(
            try await materials(of: "next") == [
                "1 | Cells | Text of Cells. | - | - | \(day) | \(day)", "2 | Quiz | Text of Quiz. | - | - | - | \(minute)",
            ])
        let stored = try await world.text("SELECT due FROM material WHERE title = 'Cells' ORDER BY id DESC LIMIT 1")
        #expect(stored == "\(day)T24:00", "the end of a day")
    }

    @Test func `no date leaves the years that are written, and nothing is left of what is refused`() async throws {
        try await add("Cells", MaterialFields(releaseDate: "9999-12-30", due: "9999-12-31"))
        let error = try await world.expectRefusal(.invalid) {
            try await guru.perform(CopyCourse(course: course, code: "next", shiftDays: 1))
        }
        #expect(error?.message == "the due of 'Cells' moved by 1 day would leave the years 0001 to 9999")
        _ = try await guru.dryRun.perform(CopyCourse(course: course, code: "next", shiftDays: -3))
        for days in [Int.max, Int.min, 3_000_000, -740_000] {
            try await world.expectRefusal(.invalid) {
                try await guru.perform(CopyCourse(course: course, code: "next", shiftDays: days))
            }
        }
        for (code, title) in [("1", "T"), ("next", " ")] {
            try await world.expectRefusal(.invalid) {
                try await guru.perform(CopyCourse(course: course, code: CourseCode(code), title: title))
            }
        }
        try await world.expectRefusal(.invalid) {
            try await guru.perform(CopyCourse(course: course, code: "next", releaseDate: "2027-02-29"))
        }
        try await world.expectRefusal(.usage) {
            try await guru.perform(CopyCourse(course: course, code: "next", releaseDate: "2027-02-28", shiftDays: 1))
        }
        try await world.expectRefusal(.conflict) { try await guru.perform(CopyCourse(course: course, code: "BIO-101")) }
    }

    @Test func `a date that somebody planted counts as the last day, and traps nothing`() async throws {
        try await add("Cells", MaterialFields(due: "2026-02-28"))
        _ = try await world.database.write { try $0.execute("UPDATE material SET due = 'soon'") }
        try await world.expectRefusal(.invalid) { try await guru.perform(CopyCourse(course: course, code: "next", shiftDays: 1)) }
        _ = try await world.database.write { try $0.execute("UPDATE course SET release_date = 'soon later'") }
        for days in [1, Int.max, Int.min] {
            try await world.expectRefusal(.invalid) {
                try await guru.perform(CopyCourse(course: course, code: "next", shiftDays: days))
            }
        }
    }

    @Test func `where a key is the way in, the copy has its own`() async throws {
        _ = try await guru.perform(EditCourse(course: course, enrollment: .key))
        _ = try await guru.perform(ChangeKey(course: course, expires: .days(1), useLimit: 3))
        _ = try await guru.perform(CopyCourse(course: course, code: "next"))
        let (old, new) = (try await guru.perform(ShowKey(course: course)), try await guru.perform(ShowKey(course: "next")))
        #expect(new.key != nil && new.key?.folded != old.key?.folded)
        #expect(new.state == "active" && new.expiresAt == nil && new.useLimit == nil && new.uses == 0)
        _ = try await guru.perform(EditCourse(course: course, enrollment: .closed))
        _ = try await guru.perform(CopyCourse(course: course, code: "closed"))
        await expectError(.notFound) { try await guru.perform(ShowKey(course: "closed")) }
    }

    @Test func `an archived course is copied, and the copy is not archived`() async throws {
        _ = try await guru.perform(ArchiveCourse(course: course))
        let copied = try await budi.perform(CopyCourse(course: course, code: "next"))
        #expect(copied.record.course.archivedAt == nil)
        _ = try await budi.perform(EditCourse(course: "next", title: "Again"))
        #expect(try await budi.perform(ListCourses(scope: .all)).items.map(\.code) == ["next"])
    }

    @Test func `the words of a large copy are found when it is done`() async throws {
        let text = String(repeating: "lorem ipsum ", count: 60_000)
        for title in ["One", "Two"] {
            _ = try await guru.perform(AddMaterial(course: course, title: title, description: text))
        }
        let before = try await world.dump()
        let dry = try await guru.dryRun.perform(CopyCourse(course: course, code: "next"))
        #expect(dry.record.course.id == nil && dry.record.materials == 2 && dry.isDryRun)
        #expect(try await world.dump() == before)
        _ = try await guru.perform(CopyCourse(course: course, code: "next"))
        #expect(try await guru.found("lorem", course: "next").first == "One")
        #expect(try await world.text("SELECT count(*) || '' FROM search_backlog") == "0")
    }
}
