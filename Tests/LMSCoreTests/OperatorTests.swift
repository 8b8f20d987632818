import LMSCore
import LMSTestSupport
import Testing

/// What the operator does.
@Suite struct OperatorTests {
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

    @Test(arguments: ["guru", "siti"])
    func `an account that owns a course or is in one stays, and keeps its role`(name: String) async throws {
        try await siti.join(course)
        let username = Username(name)
        try await world.expectRefusal(.conflict) {
            try await world.anyone.operate(DeleteUser(username: username))
        }
        try await world.expectRefusal(.conflict) {
            try await world.anyone.operate(
                SetRole(username: username, role: name == "guru" ? .student : .teacher))
        }
    }

    @Test func `somebody who only asked to join is involved too`() async throws {
        let asked = try await guru.makeCourse("asked", enrollment: .approval)
        try await siti.join(asked)
        try await world.expectRefusal(.conflict) {
            try await world.anyone.operate(DeleteUser(username: Username("siti")))
        }
    }

    @Test func `an account that is free of courses goes, and its sessions end at once`() async throws {
        let deleted = try await world.anyone.operate(DeleteUser(username: Username("SITI")))
        #expect(deleted.outcome == .deleted)
        #expect(deleted.record.user.username.rawValue == "siti")
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
        await expectError(.wrongPassword) { try await world.logIn("siti") }
        #expect(try await world.count("SELECT count(*) FROM login_session WHERE user_id = \(siti.id)") == 0)
        let next = try await world.register("siti", as: .student)
        #expect(next.record.id != siti.id, "an id is not given out twice")
    }

    @Test func `a role that changes holds from the next request on`() async throws {
        await expectError(.denied) { try await siti.makeCourse("new") }
        let changed = try await world.anyone.operate(SetRole(username: Username("siti"), role: .teacher))
        #expect(changed.outcome == .updated)
        #expect(changed.record.role == .teacher)
        _ = try await siti.makeCourse("new")
        let before = try await world.dump()
        let again = try await world.anyone.operate(SetRole(username: Username("siti"), role: .teacher))
        #expect(again.outcome == .unchanged)
        #expect(try await world.dump() == before)
    }

    @Test func `a disabled account is out at once, on every token, and back with a new log-in only`() async throws {
        let made = try await siti.perform(CreateToken(label: "CI"))
        let token = world.service(try #require(made.record.token) as SessionToken)
        let disabled = try await world.anyone.operate(DisableUser(username: Username("siti")))
        #expect(disabled.outcome == .updated)
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
        await expectError(.notSignedIn) { try await token.perform(WhoAmI()) }
        #expect(try await world.anyone.operate(DisableUser(username: Username("siti"))).outcome == .unchanged)
        let listed = try await world.anyone.operate(ListUsers()).items
        #expect(listed.map { $0.disabledAt != nil } == [false, true])
        #expect(listed.map(\.state) == [.active, .disabled])
        let enabled = try await world.anyone.operate(EnableUser(username: Username("siti")))
        #expect(enabled.outcome == .updated)
        await expectError(.notSignedIn) { try await token.perform(WhoAmI()) }
        _ = try await world.logIn("siti")
    }

    @Test func `disabling alone keeps somebody out, whatever sessions are there`() async throws {
        try await world.plant("UPDATE users SET disabled_at = 1 WHERE username = 'siti'")
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
    }

    @Test func `a new password unlocks a locked account, and ends its sessions`() async throws {
        try await world.plant("UPDATE users SET password = NULL WHERE username = 'siti'")
        await expectError(.wrongPassword) { try await world.logIn("siti") }
        #expect(try await world.anyone.operate(ListUsers()).items.map(\.state) == [.active, .locked])
        try await world.plant("UPDATE users SET password = 'no hash' WHERE username = 'siti'")
        #expect(try await world.anyone.operate(ListUsers()).items.map(\.state) == [.active, .locked])
        let set = try await world.anyone.operate(
            SetPassword(username: Username("siti"), password: Password("kapal yang lain")))
        #expect(set.record.sessions == 1 && set.record.tokens == 0)
        #expect(try await world.anyone.operate(ListUsers()).items.map(\.state) == [.active, .active])
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
        _ = try await world.logIn("siti", password: "kapal yang lain")
        try await world.expectRefusal(.invalid) {
            try await world.anyone.operate(
                SetPassword(username: Username("siti"), password: Password("short")))
        }
    }

    @Test func `a transfer hands all courses over, with one entry in the log for each`() async throws {
        let other = try await world.teacher("other")
        _ = try await guru.makeCourse("b")
        let moved = try await world.anyone.operate(
            TransferCourses(from: Username("guru"), to: Username("other")))
        #expect(moved.outcome == .updated)
        #expect(moved.record.courses == 2)
        #expect(try await other.perform(ListCourses()).items.map(\.code.rawValue) == ["bio-101", "b"])
        await expectError(.denied) { try await guru.perform(DeleteCourse(course: course)) }
        let rows = try await world.logEntries().filter { $0.hasPrefix("(operator) ") }
        #expect(rows == ["(operator) course.transfer bio-101 other", "(operator) course.transfer b other"])
        _ = try await world.anyone.operate(DeleteUser(username: Username("guru")))
        let before = try await world.dump()
        for from in ["other", "siti"] {
            let nothing = try await world.anyone.operate(
                TransferCourses(from: Username(from), to: Username("other")))
            #expect(nothing.outcome == .unchanged)
        }
        #expect(try await world.dump() == before)
        try await world.expectRefusal(.invalid) {
            try await world.anyone.operate(TransferCourses(from: Username("other"), to: Username("siti")))
        }
    }

    static let acts: [@Sendable (LocalService, Username) async throws -> Void] = [
        { _ = try await $0.operate(DeleteUser(username: $1)) },
        { _ = try await $0.operate(SetRole(username: $1, role: .teacher)) },
        { _ = try await $0.operate(SetPassword(username: $1, password: Password("kapal yang lain"))) },
        { _ = try await $0.operate(DisableUser(username: $1)) },
        { _ = try await $0.operate(TransferCourses(from: Username("guru"), to: $1)) },
    ]

    @Test(arguments: acts.indices)
    func `an unknown user is not found`(index: Int) async throws {
        try await world.expectRefusal(.notFound) {
            try await Self.acts[index](world.anyone, Username("nobody"))
        }
    }

    @Test(arguments: acts.indices)
    func `a dry run leaves nothing`(index: Int) async throws {
        _ = try await world.teacher("other")
        let before = try await world.dump()
        let name = index == Self.acts.count - 1 ? "other" : "siti"
        try await Self.acts[index](world.anyoneDryRunning, Username(name))
        #expect(try await world.dump() == before)
    }
}
