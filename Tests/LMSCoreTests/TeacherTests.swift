import LMSCore
import LMSTestSupport
import Testing

/// Several teachers of one course.
@Suite struct TeacherTests {
    let world: World
    let ani: Person
    let budi: Person
    let dewi: Person
    let siti: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        ani = try await world.teacher("ani")
        budi = try await world.teacher("budi")
        dewi = try await world.teacher("dewi")
        siti = try await world.student("siti")
        course = try await ani.makeCourse("bio-101")
    }

    @discardableResult
    private func add(_ usernames: String...) async throws -> [String] {
        try await ani.perform(AddTeachers(course: course, usernames: usernames.map { Username($0) })).map(Self.words)
    }

    @discardableResult
    private func remove(_ usernames: String..., by person: Person) async throws -> [String] {
        try await person.perform(RemoveTeachers(course: course, usernames: usernames.map { Username($0) })).map(Self.words)
    }

    private static func words(_ change: TeacherChange) -> String {
        "\(change.record.username) \(change.record.role?.rawValue ?? "-") \(change.outcome)"
    }

    private func teachers() async throws -> [String] {
        try await siti.perform(ListTeachers(course: course)).items.map { "\($0.username) \($0.role?.rawValue ?? "-")" }
    }

    private func log(of person: Person) async throws -> [String] {
        try await person.perform(ListLog()).items.map { "\($0.action) \($0.course) \($0.subject ?? "-")" }
    }

    // MARK: - Who teaches

    @Test func `teachers are added all or none, each once, and again nothing changes`() async throws {
        #expect(try await teachers() == ["ani owner"])
        try await world.expectRefusal(.notFound) { try await add("budi", "nobody") }
        try await world.expectRefusal(.invalid) { try await add("budi", "siti") }
        #expect(try await add("BUDI", "budi", "dewi") == ["budi teacher created", "dewi teacher created"])
        let before = try await world.dump()
        #expect(try await add("budi", "ani") == ["budi teacher unchanged", "ani owner unchanged"])
        #expect(try await world.dump() == before)
        #expect(try await teachers() == ["ani owner", "budi teacher", "dewi teacher"])
    }

    @Test func `a name that cannot be meant comes with what to do`() async throws {
        let unknown = try await world.expectRefusal(.notFound) { try await add("nobody") }
        #expect(unknown?.hint == "They can register with: lms register USERNAME --role teacher")
        let student = try await world.expectRefusal(.invalid) { try await add("siti") }
        #expect(student?.hint == "Your administrator can change that: lms user set-role USERNAME teacher")
        for (name, code) in [("nobody", LMSError.Code.notFound), ("siti", .invalid)] {
            let removed = try await world.expectRefusal(code) { try await remove(name, by: ani) }
            #expect(removed?.hint == "See who teaches it with: lms teacher list bio-101")
        }
    }

    @Test func `the list has when each was added, page by page`() async throws {
        world.advance(by: .days(1))
        try await add("dewi", "budi")
        var names: [String] = []
        var after: Cursor?
        repeat {
            let page = try await budi.perform(ListTeachers(course: course, limit: 1, after: after))
            #expect(page.items.allSatisfy { $0.addedAt == ($0.role == .owner ? nil : world.now) })
            names += page.items.map { $0.username.rawValue }
            after = page.next
        } while after != nil
        #expect(names == ["ani", "budi", "dewi"])
    }

    @Test func `the owner removes teachers, and a teacher himself`() async throws {
        try await add("budi", "dewi")
        try await world.expectRefusal(.denied) { try await remove("dewi", by: budi) }
        try await world.expectRefusal(.denied) { try await remove("budi", "dewi", by: budi) }
        try await world.expectRefusal(.denied) { try await remove(by: budi) }
        try await world.expectRefusal(.denied) { try await remove("siti", by: siti) }
        #expect(try await remove("BUDI", by: budi) == ["budi teacher deleted"])
        try await world.expectRefusal(.denied) { try await remove("budi", by: budi) }
        try await world.expectRefusal(.notFound) { try await remove("dewi", "nobody", by: ani) }
        try await world.expectRefusal(.invalid) { try await remove("dewi", "siti", by: ani) }
        try await world.expectRefusal(.conflict) { try await remove("dewi", "ani", by: ani) }
        #expect(try await remove("dewi", "budi", by: ani) == ["dewi teacher deleted", "budi - unchanged"])
        let before = try await world.dump()
        #expect(try await remove("dewi", by: ani) == ["dewi - unchanged"])
        #expect(try await world.dump() == before)
        #expect(try await teachers() == ["ani owner"])
    }

    @Test func `who is removed loses everything with the next request`() async throws {
        let material = try await ani.makeMaterial("Week 1", text: "Cells.", in: course)
        try await add("budi")
        #expect(try await budi.perform(ShowMaterial(material: material)).title == "Week 1")
        #expect(try await budi.perform(SearchTexts(words: "cells")).items.count == 1)
        #expect(try await budi.perform(ListLog()).items.count > 0)
        try await remove("budi", by: ani)
        try await world.expectRefusal(.denied) { try await budi.perform(ShowMaterial(material: material)) }
        try await world.expectRefusal(.denied) { try await budi.perform(ListLog(course: course)) }
        #expect(try await budi.perform(SearchTexts(words: "cells")).items.count == 0)
        #expect(try await budi.perform(ListLog()).items.count == 0)
        #expect(try await budi.perform(ListCourses()).items.count == 0)
    }

    // MARK: - Whose course it is

    @Test func `a course goes to one of its teachers, and its owner stays one`() async throws {
        try await world.expectRefusal(.conflict) { try await transfer(to: "budi", by: ani) }
        try await world.expectRefusal(.invalid) { try await transfer(to: "siti", by: ani) }
        try await world.expectRefusal(.notFound) { try await transfer(to: "nobody", by: ani) }
        try await add("budi", "dewi")
        try await world.expectRefusal(.denied) { try await transfer(to: "budi", by: budi) }
        #expect(try await transfer(to: "ani", by: ani).outcome == .unchanged)
        let given = try await transfer(to: "budi", by: ani)
        #expect(given.outcome == .updated && given.record.teacher.rawValue == "budi" && given.record.role == .teacher)
        #expect(try await teachers() == ["ani teacher", "budi owner", "dewi teacher"])
        try await world.expectRefusal(.denied) { try await transfer(to: "ani", by: ani) }
        try await world.expectRefusal(.denied) { try await ani.perform(DeleteCourse(course: course)) }
        _ = try await budi.perform(DeleteCourse(course: course))
    }

    private func transfer(to username: String, by person: Person) async throws -> Written<Course> {
        try await person.perform(TransferCourse(course: course, to: Username(username)))
    }

    @Test func `the log goes with the course, and is for all of its teachers while it is there`() async throws {
        let other = try await budi.makeCourse("chem-1", title: "Chemistry")
        try await add("budi")
        let teaching = ["teacher.add bio-101 'budi'", "course.create bio-101 Biology"]
        #expect(try await log(of: budi) == [teaching[0], "course.create chem-1 Chemistry", teaching[1]])
        #expect(try await log(of: ani) == teaching)
        _ = try await transfer(to: "budi", by: ani)
        let given = ["course.transfer bio-101 budi"] + teaching
        #expect(try await log(of: ani) == given)
        #expect(try await log(of: budi).filter { $0.contains("bio-101") } == given)
        _ = try await budi.perform(DeleteCourse(course: course))
        #expect(try await log(of: ani) == [])
        #expect(try await log(of: budi).count == 5)
        try await world.expectRefusal(.notFound) { try await ani.perform(ListLog(course: course)) }
        #expect(try await budi.perform(ListLog(course: course)).items.count == 4)
        _ = other
    }

    @Test func `a log of several courses has all entries, newest first, whatever the size of a page`() async throws {
        let courses = [
            course, try await dewi.makeCourse("chem-1", title: "Chemistry"), try await budi.makeCourse("own", title: "Own"),
        ]
        try await add("budi")
        _ = try await dewi.perform(AddTeachers(course: courses[1], usernames: [budi.username]))
        for number in 1...12 {
            _ = try await budi.makeMaterial("Week \(number)", in: courses[number % 3 == 0 ? 2 : number % 2])
        }
        let all = try await log(of: budi)
        #expect(all.count == 3 + 2 + 12)
        #expect(all.first == "material.add own Week 12" && all.last == "course.create bio-101 Biology")
        for limit in [1, 2, 3, 5, 16, 17, 18] {
            var found: [String] = []
            var after: Cursor?
            repeat {
                let page = try await budi.perform(ListLog(limit: limit, after: after))
                found += page.items.map { "\($0.action) \($0.course) \($0.subject ?? "-")" }
                after = page.next
            } while after != nil
            #expect(found == all, "\(limit) a page")
        }
    }

    // MARK: - What everybody is in a course

    @Test func `a teacher's list has the courses that he owns and those that he teaches, by id`() async throws {
        _ = try await budi.makeCourse("own-1")
        let other = try await dewi.makeCourse("chem-1", title: "Chemistry")
        _ = try await budi.makeCourse("own-2")
        _ = try await ani.makeCourse("not-his")
        try await add("budi")
        _ = try await dewi.perform(AddTeachers(course: other, usernames: [budi.username]))
        let expected = ["bio-101 teacher", "own-1 owner", "chem-1 teacher", "own-2 owner"]
        #expect(try await budi.perform(ListCourses()).items.map(Self.role) == expected)
        for limit in 1...5 {
            var found: [String] = []
            var after: Cursor?
            repeat {
                let page = try await budi.perform(ListCourses(limit: limit, after: after))
                found += page.items.map(Self.role)
                after = page.next
            } while after != nil
            #expect(found == expected, "\(limit) a page")
        }
        #expect(
            try await budi.perform(ListCourses(words: "biology")).items.map(Self.role).sorted() == [
                "bio-101 teacher", "own-1 owner", "own-2 owner",
            ])
        #expect(
            try await budi.perform(ListCourses(scope: .all)).items.map(Self.role) == [
                "bio-101 teacher", "own-1 owner", "chem-1 teacher", "own-2 owner", "not-his -",
            ])
    }

    private static func role(_ course: Course) -> String { "\(course.code) \(course.role?.rawValue ?? "-")" }

    @Test func `role and pending are what the viewer's own are, and status stays the student's`() async throws {
        _ = try await ani.perform(EditCourse(course: course, enrollment: .approval))
        try await siti.join(course)
        try await add("budi")
        for (person, role, pending) in [(ani, CourseRole.owner, 1), (budi, .teacher, 1), (dewi, nil, nil)] {
            let shown = try await person.perform(ShowCourse(course: course))
            #expect(shown.role?.known == role && shown.pending == pending && shown.status == nil, "\(person.username)")
        }
        let asking = try await siti.perform(ShowCourse(course: course))
        #expect(asking.role == nil && asking.status == .pending && asking.pending == nil)
        _ = try await budi.perform(ApproveStudents(allOf: course))
        let inside = try await siti.perform(ShowCourse(course: course))
        #expect(inside.role == .student && inside.status == .enrolled)
    }

    @Test func `a search finds the materials of the courses that one teaches`() async throws {
        _ = try await ani.perform(EditCourse(course: course, releaseDate: "2999-01-01"))
        _ = try await ani.makeMaterial("Week 1", text: "Cells.", in: course)
        #expect(try await budi.perform(SearchTexts(words: "cells")).items.count == 0)
        try await add("budi")
        #expect(try await budi.perform(SearchTexts(words: "cells")).items.map(\.title) == ["Week 1"])
        #expect(try await dewi.perform(SearchTexts(words: "cells")).items.count == 0)
    }

    @Test func `a course that is there is fine for each of its teachers`() async throws {
        let again = CreateCourse(title: "Biology", code: "bio-101", ifNotExists: true)
        try await world.expectRefusal(.conflict) { try await budi.perform(again) }
        try await add("budi")
        #expect(try await budi.perform(again).outcome == .unchanged)
    }

    // MARK: - What the operator does

    @Test func `who teaches a course keeps the role and the account, and the refusal names the courses`() async throws {
        try await add("budi")
        for act in ["role", "account"] {
            let error = try #require(
                await error {
                    if act == "role" {
                        _ = try await world.anyone.operate(SetRole(username: budi.username, role: .student))
                    } else {
                        _ = try await world.anyone.operate(DeleteUser(username: budi.username))
                    }
                })
            #expect(error.code == .conflict && error.message.contains("'bio-101'"), "\(error)")
        }
        try await remove("budi", by: ani)
        #expect(try await world.anyone.operate(DeleteUser(username: budi.username)).outcome == .deleted)
    }

    @Test func `the operator takes somebody out of courses, all of them or none, and both logs say it`() async throws {
        try await add("budi")
        let other = try await dewi.makeCourse("chem")
        func withdraw(_ person: Person, _ courses: [CourseReference]) async throws -> [String] {
            try await world.anyone.operate(WithdrawUser(username: person.username, courses: courses)).map {
                "\($0.record.code) \($0.record.role?.rawValue ?? "-") \($0.outcome)"
            }
        }
        try await world.expectRefusal(.notFound) { _ = try await withdraw(budi, [course, "nowhere"]) }
        try await world.expectRefusal(.conflict) { _ = try await withdraw(dewi, [course, other]) }
        #expect(try await withdraw(budi, [course, other]) == ["bio-101 - updated", "chem - unchanged"])
        #expect(try await teachers() == ["ani owner"])
        #expect(try await log(of: ani).first == "teacher.remove bio-101 'budi'")
        #expect(try await world.accountLogEntries().contains("(operator) user.withdraw budi: 'bio-101'"))
        let before = try await world.dump()
        #expect(try await withdraw(budi, [course]) == ["bio-101 - unchanged"])
        #expect(try await world.dump() == before)
        // A student leaves the roster, or is not waiting any more.
        _ = try await ani.perform(AddStudents(course: course, usernames: [siti.username]))
        #expect(try await withdraw(siti, [course]) == ["bio-101 - updated"])
        #expect(try await log(of: ani).first == "roster.remove bio-101 'siti'")
        for person in [budi, siti] {
            #expect(try await world.anyone.operate(DeleteUser(username: person.username)).outcome == .deleted)
        }
        #expect(try await log(of: ani).prefix(1) == ["roster.remove bio-101 '(deleted)'"])
    }

    private func error(_ act: () async throws -> Void) async -> LMSError? {
        do { try await act() } catch { return error as? LMSError }
        return nil
    }

    @Test func `who is handed a course that he teaches is its owner alone`() async throws {
        try await add("budi")
        _ = try await world.anyone.operate(TransferCourses(from: ani.username, to: budi.username))
        #expect(try await teachers() == ["budi owner"])
    }

    @Test func `a course that is deleted has no teachers`() async throws {
        try await add("budi")
        _ = try await ani.perform(DeleteCourse(course: course))
        #expect(try await budi.perform(ListCourses()).items.count == 0)
        #expect(try await world.anyone.operate(DeleteUser(username: budi.username)).outcome == .deleted)
    }
}
