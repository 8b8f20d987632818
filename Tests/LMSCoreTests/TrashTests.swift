import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// What was taken away comes back as it was, to whom it belongs, for as long as it is kept.
@Suite struct TrashTests {
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
        course = try await guru.makeCourse()
        _ = try await guru.perform(AddTeachers(course: course, usernames: [budi.username]))
        try await siti.join(course)
    }

    private func listed(by person: Person, _ course: CourseReference? = nil) async throws -> [String] {
        try await person.perform(ListTrash(course: course)).items.map { "\($0.id) \($0.kind) \($0.subject) \($0.by)" }
    }

    private func restore(_ id: Int, code: String? = nil, title: String? = nil, by person: Person? = nil) async throws
        -> RestoredEntry
    {
        try await (person ?? guru).perform(
            RestoreTrash(entry: TrashReference("\(id)"), code: code.map { CourseCode($0) }, title: title)
        ).record
    }

    /// All rows of the tables that courses are made of.
    private func dump() async throws -> [String] {
        try await world.database.read { connection in
            try CopiedTable.all.filter { !["audit", "account_audit", "login_session", "trash"].contains($0.name) }.flatMap {
                table in
                try connection.rows(table.rows).map { "\(table.name) \($0)" }
            }
        }
    }

    @Test func `a mirror has every column of its table`() async throws {
        let columns = try await world.database.read { connection -> [(own: Set<String>, mirror: Set<String>)] in
            let tables: [(String, TrashRows.Mirror)] = [
                ("course", TrashRows.courses), ("course_key", TrashRows.keys), ("co_teacher", TrashRows.teachers),
                ("enrollment", TrashRows.enrollments), ("material", TrashRows.materials),
            ]
            return try tables.map { name, mirror in
                (own: try Self.columns(of: name, connection), mirror: try Self.columns(of: mirror.copied.name, connection))
            }
        }
        for (own, mirror) in columns { #expect(!own.isEmpty && mirror == own.union(["entry_id"])) }
    }

    private static func columns(of table: String, _ connection: any Connection) throws -> Set<String> {
        let isSQLite = connection.dialect.valueTable == nil
        let rows: SQL =
            isSQLite
            ? "SELECT name FROM pragma_table_info(\(table))"
            : "SELECT column_name AS name FROM information_schema.columns WHERE table_name = \(table) AND table_schema = current_schema()"
        return Set(try connection.rows(rows).map { try $0["name"] as String })
    }

    @Test func `a material comes back with its id, to its place, and is found again`() async throws {
        for title in ["one", "two", "three"] { _ = try await guru.makeMaterial(title, text: "Text of \(title).", in: course) }
        _ = try await guru.perform(EditMaterial(material: MaterialReference("2"), MaterialFields(section: "S", due: "2026-12-24")))
        let before = try await dump()
        let deleted = try await budi.perform(DeleteMaterial(material: MaterialReference("2"))).record
        #expect(deleted.trash?.rawValue == 1)
        #expect(try await guru.perform(SearchTexts(words: "two")).items.isEmpty)
        #expect(try await listed(by: guru) == ["1 material two budi"])
        #expect(try await listed(by: budi, course) == ["1 material two budi"])
        #expect(try await restore(1, by: budi).passedOver == 0)
        #expect(try await dump() == before)
        #expect(try await siti.titles(in: course) == ["1 one", "2 two", "3 three"])
        #expect(try await guru.perform(SearchTexts(words: "two")).items.count == 1)
        #expect(try await listed(by: guru).isEmpty)
        await expectError(.notFound) { try await restore(1) }
        #expect(try await guru.perform(ListLog(course: course)).items.first?.action == "material.restore")
    }

    @Test func `where the title is another one's, another is given`() async throws {
        let material = try await guru.makeMaterial("Week 1", in: course)
        _ = try await guru.perform(DeleteMaterial(material: material))
        _ = try await guru.makeMaterial("Week\u{a0}1", in: course)
        await expectError(.conflict) { try await restore(1) }
        await expectError(.invalid) { try await restore(1, title: " ") }
        _ = try await restore(1, title: "Week 1 (old)")
        #expect(try await guru.titles(in: course) == ["1 Week 1 (old)", "2 Week\u{a0}1"])
    }

    @Test func `a course comes back with all that was in it, older entries too`() async throws {
        for title in ["one", "two", "three"] { _ = try await guru.makeMaterial(title, in: course) }
        _ = try await guru.perform(EditCourse(course: course, enrollment: .key))
        _ = try await guru.perform(DeleteMaterial(material: MaterialReference("2")))
        let before = try await dump()
        let students = try await guru.perform(ListRoster(course: course)).items.count
        let deleted = try await guru.perform(DeleteCourse(course: course)).record
        #expect(deleted.trash?.rawValue == 2 && deleted.materials == 2)
        await expectError(.notFound) { try await siti.perform(ShowCourse(course: course)) }
        #expect(try await guru.perform(ListCourses(scope: .all)).items.isEmpty)
        #expect(try await guru.perform(SearchTexts(words: "Biology")).items.isEmpty)
        #expect(try await listed(by: guru, course) == ["2 course Biology guru"])
        #expect(try await listed(by: budi).isEmpty)
        await expectError(.notFound) { try await restore(1) }
        await expectError(.notFound) { try await restore(2, by: budi) }
        _ = try await restore(2)
        #expect(try await dump() == before)
        #expect(try await guru.perform(ListRoster(course: course)).items.count == students)
        #expect(try await listed(by: guru) == ["1 material two guru"])
        _ = try await restore(1)
        #expect(try await siti.titles(in: course) == ["1 one", "2 two", "3 three"])
        #expect(try await guru.perform(SearchTexts(words: "Biology")).items.count == 1)
    }

    @Test func `a course whose code is another one's gets a new code, and passes over who is gone`() async throws {
        let gone = try await world.student("gone")
        try await gone.join(course)
        _ = try await guru.perform(DeleteCourse(course: course))
        _ = try await world.anyone.operate(DeleteUser(username: gone.username, everywhere: true))
        _ = try await world.anyone.operate(SetRole(username: budi.username, role: .student))
        _ = try await guru.makeCourse()
        await expectError(.conflict) { try await restore(1) }
        let restored = try await restore(1, code: "bio-old")
        // Who was deleted is not in the trash any more.
        #expect(restored.passedOver == 1)
        let roster = try await guru.perform(ListRoster(course: "bio-old")).items
        #expect(roster.map(\.username.rawValue) == ["siti"])
        #expect(try await guru.perform(ListTeachers(course: "bio-old")).items.count == 1)
    }

    @Test func `a student and a teacher come back, each by whom it may be`() async throws {
        let before = try await dump()
        _ = try await guru.perform(RemoveStudents(course: course, usernames: [siti.username]))
        _ = try await guru.perform(RemoveTeachers(course: course, usernames: [budi.username]))
        #expect(try await listed(by: guru) == ["2 teacher budi guru", "1 student siti guru"])
        #expect(try await listed(by: budi).isEmpty)
        await expectError(.notFound) { try await restore(1, by: budi) }
        _ = try await restore(2)
        _ = try await restore(1, by: budi)
        #expect(try await dump() == before)

        _ = try await guru.perform(RemoveStudents(course: course, usernames: [siti.username]))
        _ = try await guru.perform(RemoveTeachers(course: course, usernames: [budi.username]))
        try await siti.join(course)
        await expectError(.conflict) { try await restore(3) }
        _ = try await world.anyone.operate(SetRole(username: budi.username, role: .student))
        await expectError(.conflict) { try await restore(4) }
        await expectError(.notFound) { try await restore(99) }
        for text in ["x", "0", "-1"] {
            await expectError(.notFound) { try await guru.perform(RestoreTrash(entry: TrashReference(text))) }
        }
    }

    @Test func `only the owner empties, all or nothing, and nothing of it comes back`() async throws {
        for title in ["one", "two"] {
            let material = try await guru.makeMaterial(title, in: course)
            _ = try await guru.perform(DeleteMaterial(material: material))
        }
        await expectError(.denied) { try await budi.perform(EmptyTrash(entries: [TrashReference("1")])) }
        #expect(try await budi.perform(EmptyTrash()).outcome == .unchanged)
        await expectError(.notFound) {
            try await guru.perform(EmptyTrash(entries: [TrashReference("1"), TrashReference("9")]))
        }
        #expect(try await listed(by: guru).count == 2)
        #expect(try await guru.dryRun.perform(EmptyTrash()).record.entries == 2)
        #expect(try await guru.perform(EmptyTrash(entries: [TrashReference("1"), TrashReference("1")])).record.entries == 1)
        await expectError(.notFound) { try await restore(1) }
        #expect(try await guru.perform(EmptyTrash()).record.entries == 1)
        #expect(try await world.text("SELECT CAST(count(*) AS TEXT) FROM trash") == "0")
        #expect(try await world.text("SELECT CAST(count(*) AS TEXT) FROM trash_material") == "0")
    }

    @Test func `what is too old is not there, and goes with acts that follow`() async throws {
        _ = try await world.anyone.operate(SetLogRetention(trash: .days(3)))
        let material = try await guru.makeMaterial("one", in: course)
        _ = try await guru.perform(DeleteMaterial(material: material))
        world.advance(by: .days(2))
        #expect(try await listed(by: guru).count == 1)
        world.advance(by: .days(2))
        #expect(try await listed(by: guru).isEmpty)
        await expectError(.notFound) { try await restore(1) }
        for title in ["two", "three"] {
            _ = try await guru.perform(DeleteMaterial(material: guru.makeMaterial(title, in: course)))
        }
        #expect(try await world.text("SELECT CAST(count(*) AS TEXT) FROM trash_material") == "2")

        let shown = try await world.anyone.operate(SetLogRetention(trash: Lifetime(seconds: 0)))
        #expect(shown.record.trash.seconds == 0)
        #expect(try await world.text("SELECT CAST(count(*) AS TEXT) FROM trash") == "0")
        let last = try await guru.perform(DeleteMaterial(material: guru.makeMaterial("four", in: course)))
        #expect(last.record.trash == nil)
        #expect(try await listed(by: guru).isEmpty)
    }

    @Test func `a dry run leaves nothing in the trash`() async throws {
        let material = try await guru.makeMaterial("one", in: course)
        let before = try await dump()
        #expect(try await guru.dryRun.perform(DeleteMaterial(material: material)).record.trash == nil)
        _ = try await guru.dryRun.perform(DeleteCourse(course: course))
        #expect(try await listed(by: guru).isEmpty)
        #expect(try await dump() == before)
        // On PostgreSQL an id that was taken back is given up.
        let entry = try #require(try await guru.perform(DeleteCourse(course: course)).record.trash)
        let gone = try await dump()
        _ = try await guru.dryRun.perform(RestoreTrash(entry: TrashReference("\(entry)")))
        #expect(try await dump() == gone)
    }

    @Test func `a token for some courses sees their trash alone, and brings back no course`() async throws {
        let other = try await guru.makeCourse("other", title: "Other")
        for course in [course, other] {
            _ = try await guru.perform(DeleteMaterial(material: guru.makeMaterial("one", in: course)))
        }
        let token = try #require(try await guru.perform(CreateToken(label: "one", courses: [course])).record.token)
        let cut = world.service(token)
        #expect(try await cut.perform(ListTrash()).items.map(\.id.rawValue) == [1])
        await expectError(.notFound) { try await cut.perform(RestoreTrash(entry: TrashReference("2"))) }
        _ = try await cut.perform(RestoreTrash(entry: TrashReference("1")))
        _ = try await guru.perform(DeleteCourse(course: course))
        await expectError(.denied) { try await cut.perform(RestoreTrash(entry: TrashReference("3"))) }
    }

    @Test func `what is held of a person says where he is in the trash, and goes with him`() async throws {
        _ = try await guru.perform(RemoveStudents(course: course, usernames: [siti.username]))
        let other = try await guru.makeCourse("other", title: "Other")
        try await siti.join(other)
        _ = try await guru.perform(DeleteCourse(course: other))
        let places = try await siti.perform(ShowPersonalData()).trash
        #expect(places.map { "\($0.course) \($0.role)" } == ["bio-101 student", "other student"])
        #expect(try await guru.perform(ShowPersonalData()).trash.map(\.role) == ["owner"])
        let deleted = try await world.anyone.operate(DeleteUser(username: siti.username, everywhere: true))
        #expect(deleted.record.courses == 2)
        #expect(try await listed(by: guru) == ["2 course Other guru"])
        #expect(try await world.text("SELECT CAST(count(*) AS TEXT) FROM trash_enrollment") == "0")
    }

    @Test func `courses in the trash go to the next owner with all others`() async throws {
        _ = try await guru.perform(DeleteCourse(course: course))
        await #expect(throws: LMSError.self) {
            try await world.anyone.operate(DeleteUser(username: guru.username, everywhere: true))
        }
        let moved = try await world.anyone.operate(TransferCourses(from: guru.username, to: budi.username))
        #expect(moved.record.courses == 1)
        #expect(try await listed(by: guru).isEmpty)
        _ = try await restore(1, by: budi)
        #expect(try await budi.perform(ShowCourse(course: course)).teacher == budi.username)
        _ = try await world.anyone.operate(DeleteUser(username: guru.username, everywhere: true))
    }
}
