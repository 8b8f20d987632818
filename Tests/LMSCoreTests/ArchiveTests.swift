import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Courses that are put away can be read, and nothing else.
@Suite struct ArchiveTests {
    let world: World
    let guru: Person
    let budi: Person
    let siti: Person
    let outside: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        budi = try await world.teacher("budi")
        siti = try await world.student()
        outside = try await world.student("outside")
        course = try await guru.makeCourse()
        _ = try await guru.makeMaterial("Week 1", text: "A needle.", in: course)
        _ = try await guru.perform(AddTeachers(course: course, usernames: [budi.username]))
        try await siti.join(course)
    }

    private func codes(_ scope: ListCourses.Scope, archived: Bool? = nil, _ words: String? = nil, by person: Person) async throws
        -> [String]
    {
        try await person.perform(ListCourses(scope: scope, words: words, archived: archived)).items.map(\.code.rawValue)
    }

    // MARK: - Archiving

    @Test func `archiving says since when, again it is unchanged, and it can be undone`() async throws {
        let archived = try await guru.perform(ArchiveCourse(course: course))
        #expect(archived.outcome == .updated && archived.record.archivedAt == world.now)
        let then = world.now
        world.advance(by: .days(1))
        let again = try await guru.perform(ArchiveCourse(course: course))
        #expect(again.outcome == .unchanged && again.record.archivedAt == then)
        #expect(try await outside.perform(ShowCourse(course: course)).archivedAt == then, "by its code it is still shown to all")
        #expect(try await guru.perform(UnarchiveCourse(course: course)).record.archivedAt == nil)
        #expect(try await guru.perform(UnarchiveCourse(course: course)).outcome == .unchanged)
        _ = try await guru.perform(EditCourse(course: course, title: "Botany"))
        let log = try await guru.perform(ListLog(course: course)).items.map { "\($0.action) \($0.subject ?? "")" }
        #expect(log.prefix(3) == ["course.edit Botany", "course.unarchive Biology", "course.archive Biology"])
    }

    @Test func `a refusal says since when, and who can undo it how`() async throws {
        _ = try await guru.perform(ArchiveCourse(course: course))
        let error = try await world.expectRefusal(.denied) { try await budi.perform(EditCourse(course: course, title: "X")) }
        #expect(error?.message == "the course 'bio-101' has been archived since \(world.now): it can only be read")
        #expect(error?.hint == "Its owner, guru, can undo that with: lms course unarchive bio-101")
    }

    @Test(arguments: Right.all, Asker.allCases)
    func `what is written is refused to everybody, and what is read to nobody`(right: Right, asker: Asker) async throws {
        let scene = try await Scene()
        let useCase = try await right.make(scene, scene.people[asker])
        _ = try await scene.people[.to]?.perform(ArchiveCourse(course: scene.course))
        let service = scene.service(of: asker)
        switch try right.verdictOfArchived(for: asker, writes: type(of: useCase).useCaseClass.writes) {
        case .yes: _ = try await service.perform(useCase) as Any
        // A key that is wrong is counted.
        case .no(let code) where right.name == "JoinCourse": await expectError(code) { try await service.perform(useCase) as Any }
        case .no(let code): try await scene.world.expectRefusal(code) { try await service.perform(useCase) as Any }
        }
    }

    @Test func `both courses of a move have to be open`() async throws {
        let other = try await guru.makeCourse("other")
        let material = try await guru.makeMaterial("Week 2", in: other)
        _ = try await guru.perform(ArchiveCourse(course: course))
        try await world.expectRefusal(.denied) { try await guru.perform(MoveMaterial(material: material, to: course)) }
        _ = try await guru.perform(UnarchiveCourse(course: course))
        _ = try await guru.perform(ArchiveCourse(course: other))
        try await world.expectRefusal(.denied) { try await guru.perform(MoveMaterial(material: material, to: course)) }
    }

    @Test func `a key of it is as wrong as any, also for who is in it`() async throws {
        _ = try await guru.perform(EditCourse(course: course, enrollment: .key))
        let key = try #require(await guru.perform(ShowKey(course: course)).key)
        let wrong = await expectError(.denied) { try await outside.dryRun.perform(JoinCourse(key: EnrollmentKey("7777-7777"))) }
        _ = try await guru.perform(ArchiveCourse(course: course))
        for person in [outside, siti] {
            for join in [JoinCourse(key: key), JoinCourse(course: course, key: key)] {
                let error = await expectError(.denied) { try await person.dryRun.perform(join) }
                #expect(error?.message == wrong?.message && error?.hint == wrong?.hint)
            }
        }
        _ = try await guru.perform(UnarchiveCourse(course: course))
        world.advance(by: .days(1))
        #expect(try await outside.perform(JoinCourse(key: key)).outcome == .created)
    }

    @Test func `the operator still takes people out of it`() async throws {
        _ = try await guru.perform(ArchiveCourse(course: course))
        _ = try await world.anyone.operate(DeleteUser(username: siti.username, everywhere: true))
        #expect(try await guru.perform(ListRoster(course: course)).items.isEmpty)
        _ = try await world.anyone.operate(TransferCourses(from: guru.username, to: budi.username))
        #expect(try await budi.perform(UnarchiveCourse(course: course)).outcome == .updated)
    }

    // MARK: - Lists

    @Test func `it is in lists only where archived ones are asked for, and in the catalogue of its own people then`() async throws {
        let pending = try await world.student("pending")
        _ = try await guru.perform(EditCourse(course: course, enrollment: .approval))
        try await pending.join(course)
        let live = try await guru.makeCourse("live", title: "Biology today")
        try await siti.join(live)
        _ = try await guru.perform(ArchiveCourse(course: course))
        for words in [nil, "biology"] {
            for person in [guru, budi, siti, outside, pending] {
                #expect(try await codes(.all, words, by: person) == ["live"])
            }
            #expect(try await codes(.mine, words, by: guru) == ["live"])
            #expect(try await codes(.mine, words, by: siti) == ["live"])
            #expect(try await codes(.mine, words, by: budi) == [])
            #expect(try await codes(.mine, words, by: pending) == [])
            #expect(try await codes(.mine, archived: true, words, by: guru) == ["bio-101", "live"])
            #expect(try await codes(.mine, archived: true, words, by: siti) == ["bio-101", "live"])
            #expect(try await codes(.mine, archived: true, words, by: budi) == ["bio-101"])
            #expect(try await codes(.mine, archived: true, words, by: pending) == ["bio-101"])
            #expect(try await codes(.all, archived: true, words, by: outside) == ["live"])
            #expect(try await codes(.all, archived: true, words, by: siti) == ["bio-101", "live"])
        }
    }

    @Test func `search finds it for its teachers and students alone`() async throws {
        let pending = try await world.student("pending")
        _ = try await guru.perform(EditCourse(course: course, enrollment: .approval))
        try await pending.join(course)
        let other = try await world.teacher("other")
        _ = try await guru.perform(ArchiveCourse(course: course))
        for person in [guru, budi, siti] {
            #expect(try await person.found("biology") == ["Biology"])
            #expect(try await person.found("needle") == ["Week 1"])
        }
        for person in [other, outside, pending] {
            #expect(try await person.found("biology") == [])
            #expect(try await person.found("biology", course: course) == [])
        }
    }

    @Test func `pages of the catalogue pass over it`() async throws {
        for number in 1...6 { _ = try await guru.makeCourse("c-\(number)") }
        for number in [1, 2, 5] { _ = try await guru.perform(ArchiveCourse(course: CourseReference("c-\(number)"))) }
        let first = try await siti.perform(ListCourses(scope: .all, limit: 2))
        #expect(first.items.map(\.code) == ["bio-101", "c-3"])
        let second = try await siti.perform(ListCourses(scope: .all, limit: 2, after: first.next))
        #expect(second.items.map(\.code) == ["c-4", "c-6"] && second.next == nil)
    }

    // What the planner of PostgreSQL takes depends on how much there is.
    @Test(.enabled(if: World.dialect.indexesEndWithID))
    func `the catalogue reads no archived course`() async throws {
        let plan = try await world.database.read { connection in
            let rows = CourseRows(connection: connection, viewer: siti.id)
            return try connection.rows("EXPLAIN QUERY PLAN \(rows.catalogue(after: 5, limit: 5))")
                .map { try $0["detail"] as String }
        }
        #expect(plan.first == "SEARCH course USING INDEX course_live (id>?)", "\(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }

    // MARK: - Files

    @Test func `a course file that changes nothing is fine, and one that changes something is refused with its place`() async throws
    {
        _ = try await guru.perform(ArchiveCourse(course: course))
        let file = try await guru.perform(ExportCourse(course: course))
        #expect(try await guru.perform(ApplyCourseFiles(files: [file])).changes.map(\.outcome.known) == [.unchanged])
        let other = CourseFile(name: "f.yaml", text: "course: bio-101\ntitle: Botany\n", attachments: [])
        for act in [true, false] {
            let error = try await world.expectRefusal(.denied) {
                act
                    ? try await guru.perform(ApplyCourseFiles(files: [other]))
                    : try await guru.perform(DiffCourseFiles(files: [other]))
            }
            #expect(error?.problems?.first?.line == 1)
            #expect(error?.problems?.first?.message.contains("archived since") == true)
        }
    }

    @Test func `tables have it, leave it alone where the column is not there, and clear it where the cell is empty`() async throws {
        let scene = try BulkScene()
        let header = "code,title,teacher,archived_at\n"
        let files = ["users": BulkScene.people, "courses": header + "OLD,Biology,ani,2026-06-30T12:00:00Z\nNEW,Biology,ani,\n"]
        #expect(try await scene.bring(files).last == "courses 2 created")
        #expect(try await scene.bring(files).last == "courses 2 unchanged")
        let exported = String(decoding: try #require(try await scene.export()["courses.csv"]), as: UTF8.self)
        #expect(exported.hasPrefix("code,title,teacher,description,release_date,enrollment,archived_at\nOLD,Biology,ani,,"))
        #expect(exported.contains(",open,2026-06-30T12:00:00Z\n"))
        let without = ["courses": BulkScene.courses.replacing("BIO-101", with: "OLD")]
        #expect(try await scene.bring(without) == ["courses 1 unchanged"])
        // Into an archived course: that is the operator's.
        let materials = ["materials": "course,title,description\nOLD,Cells,Read.\n"]
        #expect(try await scene.bring(materials) == ["materials 1 created"])
        let cleared = ["courses": header + "OLD,Biology,ani,\n"]
        let refused = try await scene.problems(cleared, code: .conflict)
        #expect(refused.first?.contains("archived_at") == true, "\(refused)")
        #expect(try await scene.bring(cleared, .update) == ["courses 1 updated"])
        #expect(try await scene.text("SELECT count(*) || '' FROM course WHERE archived_at IS NULL") == "2")
        let wrong = try await scene.problems(["courses": header + "OLD,Biology,ani,2026-06-30\n"])
        #expect(wrong.count == 1 && wrong.first?.contains("not an instant") == true, "\(wrong)")
    }

    // MARK: - The trash

    @Test func `what was taken away of it stays away until it is open again`() async throws {
        _ = try await guru.perform(DeleteMaterial(material: MaterialReference("1")))
        _ = try await guru.perform(RemoveStudents(course: course, usernames: [siti.username]))
        _ = try await guru.perform(RemoveTeachers(course: course, usernames: [budi.username]))
        let other = try await guru.makeCourse("other")
        _ = try await guru.makeMaterial("Week 1", in: other)
        _ = try await guru.perform(DeleteMaterial(material: MaterialReference("2")))
        _ = try await guru.perform(ArchiveCourse(course: course))
        for entry in 1...3 {
            let entry = TrashReference("\(entry)")
            try await world.expectRefusal(.denied) { try await guru.perform(RestoreTrash(entry: entry)) }
            try await world.expectRefusal(.denied) { try await guru.perform(EmptyTrash(entries: [entry])) }
        }
        #expect(try await guru.perform(EmptyTrash()).record.entries == 1, "that of the other course")
        _ = try await guru.perform(UnarchiveCourse(course: course))
        for entry in 1...3 { _ = try await guru.perform(RestoreTrash(entry: TrashReference("\(entry)"))) }
        #expect(try await siti.titles(in: course) == ["1 Week 1"])
    }

    @Test func `it can be deleted, and comes back archived`() async throws {
        _ = try await guru.perform(ArchiveCourse(course: course))
        let since = world.now
        _ = try await guru.perform(DeleteCourse(course: course))
        world.advance(by: .days(1))
        _ = try await guru.perform(RestoreTrash(entry: TrashReference("1")))
        #expect(try await siti.perform(ShowCourse(course: course)).archivedAt == since)
        #expect(try await siti.titles(in: course) == ["1 Week 1"])
    }
}
