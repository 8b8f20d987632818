import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Usernames that were given up: who gets them, and what is said to whoever names them.
@Suite struct FormerUsernameTests {
    let world: World
    let guru: Person
    let siti: Person

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
    }

    @discardableResult
    private func rename(_ username: String, to new: String) async throws -> Written<ListedUser> {
        try await world.anyone.operate(EditUser(username: Username(username), newUsername: Username(new)))
    }

    private static let words = "'siti' is called 'siti.aminah' now"

    @Test func `the person stays, with sessions, courses and password`() async throws {
        let course = try await guru.makeCourse()
        try await siti.join(course)
        #expect(try await rename("siti", to: "siti.aminah").record.username.rawValue == "siti.aminah")
        #expect(try await siti.perform(WhoAmI()).username.rawValue == "siti.aminah")
        #expect(try await guru.perform(ListRoster(course: course)).items.map(\.username.rawValue) == ["siti.aminah"])
        _ = try await world.logIn("siti.aminah")
        #expect(try await world.accountLogEntries().last == "(operator) user.edit siti to siti.aminah")
        #expect(try await rename("siti.aminah", to: "siti.aminah").outcome == .unchanged)
        #expect(try await rename("siti.aminah", to: "Siti.Aminah").outcome == .updated)
    }

    @Test func `for a year it goes to nobody else, then to anybody`() async throws {
        try await rename("siti", to: "siti.aminah")
        for ifNotExists in [false, true] {
            try await world.expectRefusal(.conflict) {
                try await world.anyone.perform(
                    RegisterUser(
                        username: Username("SITI"), password: Password(World.password), role: .student, ifNotExists: ifNotExists))
            }
        }
        try await world.expectRefusal(.conflict) { try await rename("guru", to: "Siti") }
        try await world.expectRefusal(.conflict) { try await rename("guru", to: "siti.aminah") }
        let scene = try BulkScene(world)
        let problems = try await scene.problems(["users": "username,role\nsiti,student\n"], code: .conflict)
        #expect(problems == ["users.csv:2:1: \(Self.words)"])
        world.advance(by: .days(365))
        try await world.register("siti", as: .student)
        #expect(try await world.logIn("siti").user.id != siti.id)
        await expectError(.notFound) { try await world.anyone.operate(DisableUser(username: Username("nobody"))) }
    }

    @Test func `its holder gets it back`() async throws {
        try await rename("siti", to: "siti.aminah")
        try await rename("siti.aminah", to: "siti")
        _ = try await world.logIn("siti")
        try await world.expectRefusal(.conflict) { try await world.register("siti.aminah", as: .student) }
    }

    @Test func `a sign-in with it is told the new one, with the right password alone`() async throws {
        try await rename("siti", to: "siti.aminah")
        let told = await expectError(.denied) { try await world.logIn("siti") }
        #expect(told?.message == Self.words && told?.hint == "Sign in with: lms login siti.aminah")
        await expectError(.wrongPassword) { try await world.logIn("siti", password: "another one") }
    }

    @Test func `guesses at it count for the name of now`() async throws {
        try await rename("siti", to: "siti.aminah")
        for number in 0..<LoginThrottle.freeFailures {
            await expectError(.wrongPassword) {
                try await world.logIn(number.isMultiple(of: 2) ? "siti" : "siti.aminah", password: "another one")
            }
        }
        await expectError(.throttled) { try await world.logIn("siti") }
        await expectError(.throttled) { try await world.logIn("siti.aminah") }
    }

    @Test func `whoever names it is told the new one: commands, lists, course files and tables`() async throws {
        let course = try await guru.makeCourse()
        try await rename("siti", to: "siti.aminah")
        let acts: [() async throws -> Void] = [
            { _ = try await world.anyone.operate(DisableUser(username: Username("siti"))) },
            { _ = try await guru.perform(AddStudents(course: course, usernames: names("siti"))) },
        ]
        for act in acts {
            let told = try await world.expectRefusal(.notFound) { try await act() }
            #expect(told?.message.hasPrefix(Self.words) == true, "\(String(describing: told))")
        }
        let file = try await world.expectRefusal(.invalid) {
            try await guru.perform(
                AddStudents(course: course, usernames: [], file: NamesFile(name: "class.txt", text: "siti\n")))
        }
        #expect(file?.problems?.map(\.text) == ["class.txt:1:1: \(Self.words)"])
        let applied = try await world.expectRefusal(.invalid) {
            try await guru.perform(
                ApplyCourseFiles(
                    files: [CourseFile(name: "b.yaml", text: "course: bio-101\nstudents: [siti]", attachments: [])]))
        }
        #expect(applied?.problems?.map(\.message) == [Self.words])
        let table = try await BulkScene(world).problems(["enrollments": "course,student\nbio-101,siti\n"])
        #expect(table == ["enrollments.csv:2:9: \(Self.words)"])
    }
}
