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
}
