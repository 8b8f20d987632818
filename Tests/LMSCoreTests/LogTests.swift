import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// The log of one's courses.
@Suite struct LogTests {
    let world: World
    let guru: Person
    let siti: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
        course = try await guru.makeCourse()
    }

    private func log(
        _ person: Person, of course: CourseReference? = nil
    ) async throws -> [String] {
        try await person.perform(ListLog(course: course)).items
            .map { "\($0.actor) \($0.action) \($0.course) \($0.subject ?? "-")" }
    }

    @Test func `the newest comes first, with who, what, when and through which surface`() async throws {
        world.advance(by: .days(1))
        try await siti.join(course)
        world.advance(by: .days(1))
        let browser = world.service(guru.token, address: "203.0.113.7", via: .http)
        _ = try await browser.perform(AddMaterial(course: course, title: "Week 1", description: "x"))
        #expect(
            try await log(guru) == [
                "guru material.add bio-101 Week 1", "siti enrollment.join bio-101 siti",
                "guru course.create bio-101 Biology",
            ])
        let entries = try await guru.perform(ListLog()).items
        #expect(entries.map(\.via) == ["http", "cli", "cli"])
        let times = [Lifetime.days(2), .days(1), .days(0)].map { World.start + $0 }
        #expect(entries.map(\.at) == times)
    }

    @Test func `one course, or all of one's own; nobody else's`() async throws {
        let other = try await world.teacher("other")
        let foreign = try await other.makeCourse("che-1", title: "Chemistry")
        _ = try await guru.makeCourse("phy-1", title: "Physics")
        #expect(
            try await log(guru) == [
                "guru course.create phy-1 Physics", "guru course.create bio-101 Biology",
            ])
        #expect(try await log(guru, of: course) == ["guru course.create bio-101 Biology"])
        #expect(try await log(other) == ["other course.create che-1 Chemistry"])
        await expectError(.denied) { try await guru.perform(ListLog(course: foreign)) }
        await expectError(.denied) { try await siti.perform(ListLog(course: course)) }
        await expectError(.denied) { try await siti.perform(ListLog()) }
        await expectError(.notFound) { try await siti.perform(ListLog(course: "none")) }
    }

    @Test
    func `a course that is gone stays in its owner's log, by its id and code; a new one of its code has its own`() async throws {
        _ = try await guru.perform(DeleteCourse(course: course))
        let made = ["guru course.delete bio-101 Biology", "guru course.create bio-101 Biology"]
        #expect(try await log(guru) == made)
        for name in ["bio-101", "BIO-101", "1", "course:1"] {
            #expect(try await log(guru, of: CourseReference(name)) == made)
        }
        let again = try await guru.makeCourse()
        #expect(try await log(guru, of: again) == ["guru course.create bio-101 Biology"])
        #expect(try await log(guru, of: "course:1") == made)
        #expect(try await log(guru) == ["guru course.create bio-101 Biology"] + made)
    }

    @Test func `deleted courses of one code have one log, which is their owner's and nobody else's`() async throws {
        let other = try await world.teacher("other")
        _ = try await guru.perform(EditCourse(course: course, code: CourseCode("bio-1")))
        _ = try await guru.perform(DeleteCourse(course: "bio-1"))
        _ = try await guru.makeCourse("bio-1", title: "Botany")
        _ = try await guru.perform(DeleteCourse(course: "bio-1"))
        let gone = [
            "guru course.delete bio-1 Botany", "guru course.create bio-1 Botany",
            "guru course.delete bio-1 Biology", "guru course.edit bio-1 Biology",
            "guru course.create bio-101 Biology",
        ]
        #expect(try await log(guru, of: "bio-1") == gone)
        for name in ["bio-1", "course:1", "2"] {
            await expectError(.notFound) { try await other.perform(ListLog(course: CourseReference(name))) }
        }
        await expectError(.notFound) { try await guru.perform(ListLog(course: "bio-101")) }
        // Another's course of that code hides nothing, and shows nothing.
        let foreign = try await other.makeCourse("bio-1", title: "Mine")
        #expect(try await log(guru, of: foreign) == gone)
        #expect(try await log(other, of: foreign) == ["other course.create bio-1 Mine"])
        #expect(try await log(guru).count == 5)
        let first = try await guru.perform(ListLog(course: "bio-1", limit: 2))
        #expect(first.next != nil)
        let rest = try await guru.perform(ListLog(course: "bio-1", after: first.next))
        #expect((first.items + rest.items).map(\.action) == gone.map { String($0.split(separator: " ")[1]) })
    }

    @Test func `what was renamed is called what it was called`() async throws {
        _ = try await guru.perform(EditCourse(course: course, code: CourseCode("bio-102")))
        #expect(
            try await log(guru, of: "bio-102") == [
                "guru course.edit bio-102 Biology", "guru course.create bio-101 Biology",
            ])
    }

    @Test func `whoever takes courses over reads their whole log, and whoever gave them reads it no more`() async throws {
        let other = try await world.teacher("other")
        let kept = try await other.makeCourse("che-1", title: "Chemistry")
        _ = try await world.anyone.operate(
            TransferCourses(from: Username("guru"), to: Username("other")))
        let taken = ["(operator) course.transfer bio-101 other", "guru course.create bio-101 Biology"]
        #expect(try await log(other, of: course) == taken)
        #expect(try await log(other, of: kept) == ["other course.create che-1 Chemistry"])
        #expect(try await Set(log(other)) == Set(taken + ["other course.create che-1 Chemistry"]))
        #expect(try await log(guru) == [])
    }

    @Test func `an act of a newer program is shown as it says`() async throws {
        try await world.plant("UPDATE audit SET action = 'quiz.add', via = 'mail', subject = NULL")
        let entry = try #require(try await guru.perform(ListLog()).items.first)
        #expect(entry.action == "quiz.add" && entry.via == "mail" && entry.subject == nil)
    }

    // MARK: - For how long

    @Test func `a year is kept: what is older is not shown, and is forgotten as new acts come`() async throws {
        for number in 1...9 { _ = try await guru.makeMaterial("Week \(number)", in: course) }
        world.advance(by: .days(365))
        let siti = try await world.logIn("siti").token
        let guru = try await world.logIn("guru").token
        #expect(try await world.service(guru).perform(ListLog()).items.count == 10, "to the day")
        world.advance(by: Lifetime(seconds: 1))
        #expect(try await world.service(guru).perform(ListLog()).items.isEmpty)
        for _ in 1...10 {
            _ = try await world.service(siti).perform(JoinCourse(course: course))
            _ = try await world.service(siti).perform(LeaveCourse(course: course))
        }
        #expect(try await world.service(guru).perform(ListLog()).items.count == 20)
        #expect(try await world.count("SELECT count(*) FROM audit") == 20)
    }

    @Test func `an operator keeps it longer, or shorter, which forgets at once`() async throws {
        func set(_ lifetime: Lifetime) async throws -> Written<LogRetention> {
            try await world.anyone.operate(SetLogRetention(log: lifetime))
        }
        #expect(try await world.anyone.operate(ShowLogRetention()).log == .days(365))
        #expect(try await set(.days(365)).outcome == .unchanged)
        #expect(try await set(.days(730)).outcome == .updated)
        world.advance(by: .days(400))
        _ = try await world.service(try await world.logIn("guru").token).perform(
            EditCourse(course: course, title: "Botany"))
        let dryRun = try await world.anyoneDryRunning.operate(SetLogRetention(log: .days(30)))
        // One on a course, two registrations, and the setting itself.
        #expect(dryRun.record.forgotten == 4 && dryRun.isDryRun)
        #expect(try await world.count("SELECT count(*) FROM audit") == 2)
        let shortened = try await set(.days(30))
        #expect(shortened.outcome == .updated && shortened.record.forgotten == 4)
        #expect(try await world.logEntries() == ["guru course.edit bio-101 Botany"])
        #expect(try await world.anyone.operate(ShowLogRetention()).log == .days(30))
    }

    @Test(arguments: [0, 86_399, 3_153_600_001])
    func `it is kept for a day at least, and a hundred years at most`(seconds: Int64) async throws {
        try await world.expectRefusal(.invalid) {
            try await world.anyone.operate(SetLogRetention(log: Lifetime(seconds: seconds)))
        }
    }
}
