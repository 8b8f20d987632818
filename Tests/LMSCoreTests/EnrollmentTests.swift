import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// Enrollment and roster.
@Suite struct EnrollmentTests {
    let world: World
    let guru: Person
    let siti: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
    }

    @Test func `joining: open enrolls, approval asks, closed refuses`() async throws {
        let open = try await siti.join(guru.makeCourse("open"))
        #expect(open.outcome == .created)
        #expect(open.record.status == .enrolled)
        #expect(open.record.dateEntry == world.now)
        #expect(open.record.code.rawValue == "open")
        let asked = try await siti.join(guru.makeCourse("asked", enrollment: .approval))
        #expect(asked.outcome == .created)
        #expect(asked.record.status == .pending)
        let closed = try await guru.makeCourse("closed", enrollment: .closed)
        try await world.expectRefusal(.denied) { try await siti.join(closed) }
    }

    @Test(arguments: [nil, .closed, .approval] as [EnrollmentPolicy?])
    func `joining again is unchanged, also where the course has closed meanwhile`(policy: EnrollmentPolicy?) async throws {
        let course = try await guru.makeCourse()
        let first = try await siti.join(course)
        if let policy { _ = try await guru.perform(EditCourse(course: course, enrollment: policy)) }
        let before = try await world.dump()
        world.advance(by: Lifetime(seconds: 60))
        let again = try await siti.join(course)
        #expect(again.outcome == .unchanged)
        #expect(again.record.dateEntry == first.record.dateEntry)
        #expect(try await world.dump() == before)
    }

    @Test func `a request becomes an enrollment where the course is open by now, and only there`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        try await siti.join(course)
        #expect(try await siti.join(course).outcome == .unchanged)
        _ = try await guru.perform(EditCourse(course: course, enrollment: .closed))
        #expect(try await siti.join(course).record.status == .pending)
        _ = try await guru.perform(EditCourse(course: course, enrollment: .open))
        world.advance(by: Lifetime(seconds: 60))
        let granted = try await siti.join(course)
        #expect(granted.outcome == .updated)
        #expect(granted.record.status == .enrolled)
        #expect(granted.record.dateEntry == world.now)
    }

    @Test func `somebody who only asked is outside for materials, inside for leave, and not counted`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        let material = try await guru.makeMaterial("a", in: course)
        try await siti.join(course)
        await expectError(.denied) { try await siti.perform(ListMaterials(course: course)) }
        await expectError(.denied) { try await siti.perform(ShowMaterial(material: material)) }
        let shown = try await siti.perform(ShowCourse(course: course))
        #expect(shown.students == 0)
        #expect(shown.status == .pending)
        let left = try await siti.perform(LeaveCourse(course: course))
        #expect(left.outcome == .deleted)
        #expect(left.record.status == .pending)
        await expectError(.notFound) { try await siti.perform(LeaveCourse(course: course)) }
    }

    @Test func `who left is outside, and may come back`() async throws {
        let course = try await guru.makeCourse()
        try await siti.join(course)
        #expect(try await siti.perform(ShowCourse(course: course)).students == 1)
        let left = try await siti.perform(LeaveCourse(course: course))
        #expect(left.outcome == .deleted)
        #expect(left.record.status == .enrolled)
        #expect(try await siti.perform(ShowCourse(course: course)).students == 0)
        await expectError(.denied) { try await siti.perform(ListMaterials(course: course)) }
        #expect(try await siti.join(course).outcome == .created)
    }

    @Test func `the roster is by username, ignoring case, and can be asked for one status`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        for name in ["Tuti", "budi", "Andi"] { try await world.student(name).join(course) }
        _ = try await guru.perform(ApproveStudents(course: course, usernames: [Username("BUDI")]))
        #expect(try await roster(course) == ["Andi pending", "budi enrolled", "Tuti pending"])
        #expect(try await roster(course, .pending) == ["Andi pending", "Tuti pending"])
        #expect(try await roster(course, .enrolled) == ["budi enrolled"])
    }

    private func roster(
        _ course: CourseReference, _ status: EnrollmentStatus? = nil
    ) async throws -> [String] {
        try await guru.perform(ListRoster(course: course, status: status)).items
            .map { "\($0.username) \($0.status)" }
    }

    @Test func `adding enrolls, whatever the course's way in; who asked is enrolled, who is in is unchanged`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        try await siti.join(course)
        try await world.register("budi", as: .student)
        try await world.register("tuti", as: .student)
        _ = try await guru.perform(AddStudents(course: course, usernames: names("tuti")))
        _ = try await guru.perform(EditCourse(course: course, enrollment: .closed))
        let changes = try await guru.perform(
            AddStudents(course: course, usernames: names("SITI", "budi", "tuti", "Budi")))
        #expect(
            changes.map { "\($0.record.username) \($0.record.status) \($0.outcome)" } == [
                "siti enrolled updated", "budi enrolled created", "tuti enrolled unchanged",
            ])
        #expect(try await guru.perform(ShowCourse(course: course)).students == 3)
    }

    @Test func `one unknown name refuses all of them, and every unknown one is named`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        try await siti.join(course)
        let list = names("siti", "nobody", "noone", "a b")
        for useCase in [
            AddStudents(course: course, usernames: list), ApproveStudents(course: course, usernames: list),
            RejectStudents(course: course, usernames: list), RemoveStudents(course: course, usernames: list),
        ] as [any UseCase] {
            let error = try await world.expectRefusal(.notFound) {
                try await guru.service.perform(useCase) as Any
            }
            for name in ["nobody", "noone", "a b"] {
                #expect(error?.message.contains("'\(name)'") == true)
            }
            #expect(error?.message.contains("siti") == false)
        }
    }

    @Test func `a teacher cannot be on a roster`() async throws {
        let course = try await guru.makeCourse()
        _ = try await world.teacher("other")
        for name in ["other", "guru"] {
            let error = try await world.expectRefusal(.invalid) {
                try await guru.perform(AddStudents(course: course, usernames: names("siti", name)))
            }
            #expect(error?.message.contains(name) == true)
        }
    }

    @Test func `approving and removing are all or nothing, and name everybody who is not on the roster`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        try await siti.join(course)
        for name in ["budi", "tuti"] { try await world.register(name, as: .student) }
        let list = names("budi", "siti", "tuti")
        for useCase in [
            ApproveStudents(course: course, usernames: list), RemoveStudents(course: course, usernames: list),
        ] as [any UseCase] {
            let error = try await world.expectRefusal(.notFound) {
                try await guru.service.perform(useCase) as Any
            }
            #expect(error?.message.contains("'budi'") == true)
            #expect(error?.message.contains("'tuti'") == true)
        }
    }

    @Test func `approving all grants every request of this course, once`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        let other = try await guru.makeCourse("other", enrollment: .approval)
        for name in ["budi", "tuti"] {
            let student = try await world.student(name)
            try await student.join(course)
            try await student.join(other)
        }
        let changes = try await guru.perform(ApproveStudents(allOf: course))
        #expect(changes.map { "\($0.record.username) \($0.outcome)" } == ["budi updated", "tuti updated"])
        #expect(try await roster(course, .pending) == [])
        #expect(try await roster(other, .pending) == ["budi pending", "tuti pending"])
        #expect(try await guru.perform(ApproveStudents(allOf: course)).isEmpty)
        let again = try await guru.perform(ApproveStudents(course: course, usernames: names("budi")))
        #expect(again.map(\.outcome.known) == [.unchanged])
    }

    @Test func `rejecting takes requests only, all or none; who was refused may ask again`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        let budi = try await world.student("budi")
        for student in [siti, budi] { try await student.join(course) }
        _ = try await guru.perform(AddStudents(course: course, usernames: names("budi")))
        let error = try await world.expectRefusal(.conflict) {
            try await guru.perform(RejectStudents(course: course, usernames: names("siti", "budi")))
        }
        #expect(error?.message.contains("'budi'") == true && error?.message.contains("siti") == false)
        #expect(error?.hint?.contains("lms roster remove bio-101") == true)
        for list in [names("siti", "guru"), names("nobody")] {
            try await world.expectRefusal(.notFound) {
                try await guru.perform(RejectStudents(course: course, usernames: list))
            }
        }
        let dryRun = try await guru.dryRun.perform(RejectStudents(allOf: course))
        #expect(dryRun.map(\.outcome.known) == [.deleted])
        #expect(try await roster(course) == ["budi enrolled", "siti pending"])
        let changes = try await guru.perform(RejectStudents(course: course, usernames: names("SITI", "siti")))
        #expect(
            changes.map { "\($0.record.username) \($0.record.status) \($0.outcome)" } == [
                "siti pending deleted"
            ])
        #expect(try await roster(course) == ["budi enrolled"])
        #expect(try await world.logEntries().last == "guru roster.reject bio-101 'siti'")
        #expect(try await guru.perform(RejectStudents(allOf: course)).isEmpty)
        #expect(try await siti.join(course).outcome == .created)
        #expect(
            try await guru.perform(RejectStudents(allOf: course)).map(\.record.username.rawValue) == ["siti"])
    }

    @Test func `the owner sees how many requests wait; nobody else does`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        let other = try await world.teacher("other")
        try await siti.join(course)
        let budi = try await world.student("budi")
        try await budi.join(course)
        for list in [ListCourses(), ListCourses(scope: .all, words: "bio")] {
            let listed = try await guru.perform(list).items
            #expect(listed.map { $0.pending } == [2])
        }
        for person in [other, siti] {
            let listed = try await person.perform(ListCourses(scope: .all)).items
            #expect(listed.map { $0.pending } == [nil])
        }
        _ = try await guru.perform(ApproveStudents(course: course, usernames: names("siti")))
        let shown = try await guru.perform(ShowCourse(course: course))
        #expect(shown.pending == 1 && shown.students == 1)
    }

    @Test func `removing takes enrollments and requests`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        try await siti.join(course)
        let budi = try await world.student("budi")
        try await budi.join(course)
        _ = try await guru.perform(ApproveStudents(course: course, usernames: names("budi")))
        let changes = try await guru.perform(RemoveStudents(course: course, usernames: names("budi", "siti")))
        #expect(changes.map(\.outcome.known) == [.deleted, .deleted])
        #expect(try await roster(course) == [])
        await expectError(.denied) { try await budi.perform(ListMaterials(course: course)) }
    }

    @Test func `50 joins of one student at once make one enrollment`() async throws {
        let course = try await guru.makeCourse()
        let siti = siti
        let outcomes = try await withThrowingTaskGroup(of: Outcome?.self) { group in
            for _ in 0..<50 { group.addTask { try await siti.join(course).outcome.known } }
            return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [.created: 1, .unchanged: 49])
    }
}
