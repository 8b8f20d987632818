import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// One's own name, and all that is held of one.
@Suite struct ProfileTests {
    let world: World
    let siti: Person

    init() async throws {
        world = try World()
        siti = try await world.student()
    }

    private func text(_ record: some Encodable) throws -> String {
        String(decoding: try JSONOutput.bytes(record), as: UTF8.self)
    }

    @Test func `who has no given name chooses one, changes it, and takes it away`() async throws {
        #expect(try await siti.perform(ShowProfile()).details == PersonDetails())
        #expect(try await siti.perform(EditProfile(name: PersonName(" Siti "))).outcome == .updated)
        #expect(try await siti.perform(EditProfile(name: PersonName("Siti"))).outcome == .unchanged)
        #expect(try await siti.perform(EditProfile(name: nil)).record.details.name == PersonName("Siti"))
        #expect(try await siti.dryRun.perform(EditProfile(name: PersonName("Other"))).outcome == .updated)
        #expect(try await siti.perform(ShowProfile()).details.name == PersonName("Siti"))
        #expect(try await siti.perform(EditProfile(name: PersonName(""))).record.details.name == nil)
        let log = try await world.accountLogEntries()
        #expect(log.suffix(2) == ["siti user.profile siti", "siti user.profile siti"])
        try await world.expectRefusal(.invalid) { try await siti.perform(EditProfile(name: PersonName("a\nb"))) }
    }

    @Test func `a name that the operator gave is the operator's, until it is taken away`() async throws {
        func give(_ name: String) async throws {
            _ = try await world.anyone.operate(EditUser(username: Username("siti"), name: PersonName(name)))
        }
        try await give("Siti Aminah")
        let refused = try await world.expectRefusal(.denied) {
            try await siti.perform(EditProfile(name: PersonName("\u{1b}")))
        }
        #expect(refused?.message == "your name was given by your administrator, who alone can change it")
        try await give("")
        #expect(try await siti.perform(EditProfile(name: PersonName("Siti"))).outcome == .updated)
    }

    @Test func `all that is held of a person is shown, and nothing of others`() async throws {
        let guru = try await world.teacher()
        let course = try await guru.makeCourse(title: "Biology")
        for name in ["budi", "dewi"] { try await world.register(name, as: .student) }
        _ = try await guru.perform(AddStudents(course: course, usernames: names("siti", "budi")))
        _ = try await siti.perform(CreateToken(label: "Phone"))
        _ = try await world.anyone.operate(
            EditUser(username: Username("siti"), name: PersonName("Siti Aminah"), number: PersonNumber("007")))
        let data = try text(try await siti.perform(ShowPersonalData()))
        for part in [
            #""name":"Siti Aminah","number":"007","name_is_given":true,"has_password":true"#, #""label":"Phone""#,
            #""title":"Biology""#, #""subject":"siti""#, #""actor":"guru""#, #""action":"token.create""#,
        ] { #expect(data.contains(part), "\(part) in \(data)") }
        for other in ["budi", "dewi", "argon2", "lms_"] { #expect(!data.contains(other), "\(data)") }
        let ofOperator = try await world.anyone.operate(ShowUserData(username: Username("SITI")))
        #expect(try text(ofOperator) == data)
        let teaches = try await guru.perform(ShowPersonalData()).teaches.map(\.code.rawValue)
        #expect(teaches == ["bio-101"])
        await expectError(.notFound) { try await world.anyone.operate(ShowUserData(username: Username("nobody"))) }
    }

    @Test func `what was done to whoever has a former username today is not shown, nor what was done to whoever had one's own`()
        async throws
    {
        _ = try await world.anyone.operate(SetLogRetention(log: .days(3650)))
        let guru = try await world.teacher()
        let before = try await guru.makeCourse("before")
        _ = try await guru.perform(AddStudents(course: before, usernames: names("siti")))
        _ = try await world.anyone.operate(EditUser(username: Username("siti"), newUsername: Username("siti.aminah")))
        world.advance(by: .days(366))
        let ani = try await world.teacher("ani")
        let next = try await world.student("siti")
        let after = try await ani.makeCourse("after")
        _ = try await ani.perform(AddStudents(course: after, usernames: names("siti")))
        func courses(_ username: String) async throws -> [String] {
            try await world.anyone.operate(ShowUserData(username: Username(username))).log.compactMap(\.course)
        }
        #expect(try await courses("siti.aminah") == ["before"])
        #expect(try await next.perform(ShowPersonalData()).log.compactMap(\.course) == ["after"])
    }

    @Test func `a long log is looked through at the pace of the database`() async throws {
        try await world.plant(
            """
            WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 200000)
            INSERT INTO audit (at, actor_id, actor, via, action, course_id, course, owner_id, subject)
            SELECT \(world.now), NULL, 'guru', 'http', 'roster.add', 1, 'bio-101', 1, '''budi'', ''dewi'', ''sitia''' FROM count
            """)
        let start = ContinuousClock.now
        #expect(try await siti.perform(ShowPersonalData()).log.map(\.action) == ["user.register"])
        #expect(ContinuousClock.now - start < .seconds(2))
    }
}
