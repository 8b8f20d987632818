import LMSCore
import LMSTestSupport
import Testing

/// What a course's log is told of.
@Suite struct AuditTests {
    let world: World
    let guru: Person
    let siti: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
    }

    @Test func `each act leaves one row that says who, what, where`() async throws {
        let course = try await guru.makeCourse(enrollment: .approval)
        _ = try await guru.perform(EditCourse(course: course, title: "Botany"))
        try await siti.join(course)
        try await world.register("budi", as: .student)
        try await world.register("tuti", as: .student)
        _ = try await guru.perform(ApproveStudents(allOf: course))
        _ = try await guru.perform(AddStudents(course: course, usernames: names("budi", "tuti", "siti")))
        _ = try await guru.perform(RemoveStudents(course: course, usernames: names("budi", "tuti")))
        _ = try await siti.perform(LeaveCourse(course: course))
        let material = try await guru.makeMaterial("Week 1", in: course)
        _ = try await guru.perform(EditMaterial(material: material, title: "Week 2"))
        _ = try await guru.perform(DeleteMaterial(material: material))
        _ = try await guru.perform(DeleteCourse(course: course))
        #expect(
            try await world.logEntries() == [
                "guru course.create bio-101 Biology", "guru course.edit bio-101 Botany",
                "siti enrollment.join bio-101 siti", "guru roster.approve bio-101 'siti'",
                "guru roster.add bio-101 'budi', 'tuti'", "guru roster.remove bio-101 'budi', 'tuti'",
                "siti enrollment.leave bio-101 siti", "guru material.add bio-101 Week 1",
                "guru material.edit bio-101 Week 2", "guru material.delete bio-101 Week 2",
                "guru course.delete bio-101 Botany",
            ])
        let owners = try await world.count("SELECT count(*) FROM audit WHERE owner_id = \(guru.id)")
        #expect(owners == 11, "the owner is kept by value, deletions too")
        let dated = try await world.count(
            "SELECT count(*) FROM audit WHERE at = \(world.now) AND via = 'cli'")
        #expect(dated == 11)
    }

    @Test func `what changed nothing, was refused or a dry run leaves no row`() async throws {
        let course = try await guru.makeCourse()
        try await siti.join(course)
        let material = try await guru.makeMaterial("Week 1", in: course)
        let before = try await world.logEntries()
        _ = try await siti.join(course)
        _ = try await guru.perform(EditCourse(course: course, title: "Biology"))
        _ = try await guru.perform(EditMaterial(material: material, title: "Week 1"))
        _ = try await guru.perform(AddStudents(course: course, usernames: names("siti")))
        _ = try await guru.perform(ApproveStudents(course: course, usernames: names("siti")))
        _ = try await guru.perform(ApproveStudents(allOf: course))
        _ = try await guru.perform(CreateCourse(title: "Other", code: "bio-101", ifNotExists: true))
        _ = try await guru.dryRun.perform(DeleteCourse(course: course))
        await expectError(.denied) { try await siti.perform(DeleteCourse(course: course)) }
        #expect(try await world.logEntries() == before)
    }

    @Test func `the surface is noted, the address is not, and no text or secret is`() async throws {
        let service = world.service(guru.token, address: "203.0.113.7", via: .http)
        _ = try await service.perform(CreateCourse(title: "Biology", description: "a long text"))
        _ = try await service.perform(
            AddMaterial(course: "biology", title: "Week 1", description: "a long text"))
        #expect(try await world.count("SELECT count(*) FROM audit WHERE via = 'http'") == 2)
        let dump = try await world.dump().description
        let audit = try #require(dump.split(separator: "course\n", maxSplits: 1).first)
        #expect(audit.contains("Week 1"))
        #expect(!audit.contains("a long text"))
        #expect(!audit.contains("203.0.113.7"))
        #expect(!audit.contains(guru.token.secret))
    }
}
