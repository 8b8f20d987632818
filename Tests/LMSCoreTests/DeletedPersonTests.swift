import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// What is left of somebody whose account was deleted.
@Suite struct DeletedPersonTests {
    let world: World
    let guru: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
    }

    private func delete(_ username: String, everywhere: Bool = true) async throws -> Written<DeletedUser> {
        try await world.anyone.operate(DeleteUser(username: Username(username), everywhere: everywhere))
    }

    @Test func `a student goes out of all courses in one act, and no name is left but in other people's texts`() async throws {
        let course = try await guru.makeCourse(title: "For sitiaminah")
        let asked = try await guru.makeCourse("ask", enrollment: .approval)
        let siti = try await world.student("sitiaminah")
        let budi = try await world.student("budi")
        try await siti.join(course)
        try await siti.join(asked)
        try await budi.join(asked)
        _ = try await guru.perform(ApproveStudents(allOf: asked))
        _ = try await siti.perform(CreateToken(label: "sitiaminah's phone"))
        _ = try await world.anyone.operate(
            EditUser(
                username: Username("sitiaminah"), name: PersonName("Qwerty"), number: PersonNumber("77-123"),
                newUsername: Username("siti.qwerty")))
        let deleted = try await delete("SITI.qwerty")
        #expect(deleted.outcome == .deleted && deleted.record.courses == 2)
        let dump = try await world.dump().description.lowercased()
        for name in ["qwerty", "77-123"] { #expect(!dump.contains(name), "\(dump)") }
        #expect(
            dump.split(separator: "sitiaminah", omittingEmptySubsequences: false).count == 4, "the course's title alone: \(dump)")
        let log = try await world.logEntries()
        #expect(log.contains("(deleted) enrollment.join bio-101 (deleted)"))
        #expect(log.contains("guru roster.approve ask 'budi', '(deleted)'"))
        #expect(log.suffix(2) == ["(operator) user.delete bio-101 (deleted)", "(operator) user.delete ask (deleted)"])
        let accounts = try await world.accountLogEntries()
        #expect(accounts.contains("(deleted) user.register (deleted): student"))
        #expect(accounts.contains("(operator) user.edit (deleted) to (deleted)"))
        #expect(accounts.last == "(operator) user.delete (deleted)")
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
        try await world.register("sitiaminah", as: .student)
        #expect(try await guru.perform(ListRoster(course: asked)).items.map(\.username.rawValue) == ["budi"])
    }

    @Test func `without the word, who is in a course stays; a dry run leaves all`() async throws {
        let course = try await guru.makeCourse()
        try await world.student().join(course)
        try await world.expectRefusal(.conflict) { try await delete("siti", everywhere: false) }
        let before = try await world.dump()
        let expected = try await world.anyoneDryRunning.operate(DeleteUser(username: Username("siti"), everywhere: true))
        #expect(expected.record.courses == 1)
        #expect(try await world.dump() == before)
    }

    @Test func `who owns courses must hand them over first, and is told which`() async throws {
        _ = try await guru.makeCourse()
        _ = try await guru.makeCourse("chem")
        let refused = try await world.expectRefusal(.conflict) { try await delete("guru") }
        #expect(refused?.message == "'guru' owns 'bio-101', 'chem', so you cannot delete the account")
        #expect(refused?.hint == "Hand the courses over first, with: lms user transfer guru TO")
        _ = try await world.teacher("other")
        _ = try await world.anyone.operate(TransferCourses(from: Username("guru"), to: Username("other")))
        #expect(try await delete("guru").record.courses == 0)
        #expect(try await world.logEntries().allSatisfy { !$0.contains("guru") })
        #expect(try await world.accountLogEntries().contains("(operator) user.transfer (deleted): 2 courses to other"))
    }

    @Test func `a teacher beside the owner goes out of these courses too`() async throws {
        _ = try await guru.makeCourse()
        let other = try await world.teacher("other")
        try await world.plant("INSERT INTO co_teacher (course_id, user_id, added_at) VALUES (1, \(other.id), 1)")
        #expect(try await delete("other").record.courses == 1)
        #expect(try await world.count("SELECT count(*) FROM co_teacher") == 0)
    }

    @Test func `only usernames are taken out of a subject, and only whole ones`() {
        func erased(_ subject: String, _ names: String...) -> String? { SubjectNames.erasing(Set(names), from: subject) }
        #expect(erased("siti", "siti") == "(deleted)")
        #expect(erased("Siti: student", "siti") == "(deleted): student")
        #expect(erased("siti: student", "student") == nil)
        #expect(erased("'siti', 'siti2' and 3 more", "siti") == "'(deleted)', 'siti2' and 3 more")
        #expect(erased("ani: 3 courses to dewi", "dewi") == "ani: 3 courses to (deleted)")
        #expect(erased("ani: 3 courses to dewi", "courses", "3") == nil)
        #expect(erased("", "siti") == nil && erased("'", "siti") == nil)
    }
}
