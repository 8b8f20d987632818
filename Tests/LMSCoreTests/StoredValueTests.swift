import LMSCore
import LMSDatabase
import LMSTestSupport
import Testing

/// Values that somebody planted.
///
/// Numbers and dates that no lms wrote: somebody's hand, another program, a clock that was wrong.
@Suite struct StoredValueTests {
    let world: World
    let guru: Person
    let siti: Person
    let course: CourseReference

    init() async throws {
        world = try World()
        guru = try await world.teacher()
        siti = try await world.student()
        course = try await guru.makeCourse()
        try await siti.join(course)
        _ = try await guru.makeMaterial("Week 1", in: course)
    }

    static let numbers: [Int64] = [.max, .min, -1, 0, 1, .max - 1, .max / 1000, .min / 1000, 253_402_300_800]

    /// Everything that reads rows, for both, and an act that writes to the log.
    private func everybodyWorks(_ place: Testing.SourceLocation = #_sourceLocation) async throws {
        let reading: [@Sendable (Person) async throws -> Void] = [
            { _ = try await $0.perform(WhoAmI()) }, { _ = try await $0.perform(ListTokens()) },
            { _ = try await $0.perform(ListCourses(scope: .all)) },
            { _ = try await $0.perform(ShowCourse(course: course)) },
            { _ = try await $0.perform(SearchTexts(words: "week")) },
        ]
        for person in [guru, siti] {
            for read in reading { try await read(person) }
        }
        _ = try await guru.perform(ListLog())
        _ = try await guru.perform(ListRoster(course: course))
        _ = try await guru.perform(ExportCourse(course: course))
        for _ in 0..<17 {
            _ = try await guru.perform(
                EditCourse(course: course, description: "\(UInt64.random(in: .min ... .max))"))
        }
        _ = try await world.anyone.operate(ListUsers())
        _ = try await world.anyone.operate(CountRows())
        _ = try await world.anyone.operate(ShowLogRetention())
        _ = try await world.logIn("siti")
    }

    @Test(arguments: numbers)
    func `a retention that nobody can set counts as none: nothing traps, nothing is forgotten`(seconds: Int64) async throws {
        try await world.plant("INSERT INTO setting (name, value) VALUES ('log_retention', \(seconds))")
        try await everybodyWorks()
        #expect(try await guru.perform(ListLog()).items.count >= 3)
        #expect(try await world.anyone.operate(ShowLogRetention()).log == .days(365))
        #expect(try await world.anyone.operate(CheckRows()).count == 1)
        _ = try await world.anyone.operate(SetLogRetention(log: .days(365)))
        #expect(try await world.anyone.operate(CheckRows()) == [])
    }

    @Test(arguments: numbers)
    func `an instant that no clock shows is the first or the last one`(seconds: Int64) async throws {
        let statements: [SQL] = [
            "UPDATE users SET created_at = \(seconds)", "UPDATE enrollment SET date_entry = \(seconds)",
            "UPDATE login_session SET created_at = \(seconds)", "UPDATE audit SET at = \(seconds)",
        ]
        for statement in statements { try await world.plant(statement) }
        try await everybodyWorks()
        let isPossible = (-62_135_596_800...253_402_300_799).contains(seconds)
        #expect(try await world.anyone.operate(CheckRows()).isEmpty == isPossible)
    }

    @Test(arguments: numbers)
    func `a session whose limits make no sense ends or lives on, and keeps nobody from signing in`(seconds: Int64) async throws {
        let statements: [SQL] = [
            "UPDATE login_session SET idle_limit = \(seconds)", "UPDATE login_session SET last_used_at = \(seconds)",
            "UPDATE login_session SET expires_at = \(seconds)",
        ]
        for statement in statements {
            try await world.plant(statement)
            do {
                _ = try await siti.perform(WhoAmI())
                _ = try await siti.perform(ListTokens())
            } catch let error as LMSError {
                #expect(error.code == .notSignedIn, "\(error)")
            }
            _ = try await world.service(world.logIn("siti").token).perform(ListTokens())
        }
    }

    @Test func `a session of a clock that was ahead lives on, and is noted as used now`() async throws {
        world.advance(by: .days(300))
        let token = try await world.logIn("siti").token
        world.advance(by: .days(-300))
        _ = try await world.service(token).perform(WhoAmI())
        #expect(try await world.count("SELECT count(*) FROM login_session WHERE last_used_at > \(world.now)") == 0)
        world.advance(by: .days(8))
        await expectError(.notSignedIn) { try await world.service(token).perform(WhoAmI()) }
    }

    @Test(arguments: ["2026-99-99", "0000-00-00", "abcdefghij"])
    func `a release date that is no day is one that does not come`(text: String) async throws {
        try await world.plant("UPDATE course SET release_date = \(text)")
        #expect(try await world.anyone.operate(CheckRows()).count == 1)
        await expectError(.denied) { try await siti.perform(ListMaterials(course: course)) }
        try await everybodyWorks()
        _ = try await guru.perform(EditCourse(course: course, releaseDate: "2026-01-01"))
        #expect(try await siti.perform(ListMaterials(course: course)).items.count == 1)
        #expect(try await world.anyone.operate(CheckRows()) == [])
    }

    @Test func `positions at the end of what is stored: a material is added, and the order stays`() async throws {
        let second = try await guru.makeMaterial("Week 2", in: course)
        try await world.plant("UPDATE material SET position = 2147483647 - 2 + position")
        #expect(try await world.anyone.operate(CheckRows()).count == 1)
        _ = try await guru.perform(EditMaterial(material: second, position: 2))
        _ = try await guru.makeMaterial("Week 3", in: course)
        #expect(try await guru.perform(ListMaterials(course: course)).items.map(\.title).last == "Week 3")
        #expect(try await guru.titles(in: course).count == 3)
    }

    @Test func `what nobody can be beside an owner, no key and no former name can be, is told`() async throws {
        _ = try await guru.perform(EditCourse(course: course, enrollment: .key))
        let plants: [(SQL, String)] = [
            ("INSERT INTO co_teacher SELECT id, teacher_id, 0 FROM course", "co_teacher has a course's owner, or a student"),
            ("UPDATE course_key SET key = 'k7qx93m!'", "course_key.key is no key, and opens nothing"),
            ("UPDATE course_key SET uses = -1", "course_key.uses or course_key.use_limit is out of range"),
            ("UPDATE course SET enrollment = 'open'", "course_key is awake in a course that has another way in"),
            (
                "INSERT INTO former_username SELECT 'A B', min(id), 0 FROM users",
                "former_username.username is no name that anybody had"
            ),
            (
                "INSERT INTO token_course SELECT min(id), 1 FROM login_session",
                "token_course has courses of a token that is for all of them"
            ),
        ]
        for (number, plant) in plants.enumerated() {
            try await world.plant(plant.0)
            let found = try await world.anyone.operate(CheckRows())
            #expect(found.count == number + 1 && found.contains(plant.1), "\(found)")
        }
    }

    @Test func `what lms wrote has nothing out of range`() async throws {
        _ = try await guru.perform(EditCourse(course: course, enrollment: .key))
        #expect(try await world.anyone.operate(CheckRows()) == [])
        _ = try await guru.perform(EditCourse(course: course, enrollment: .open))
        try await everybodyWorks()
        #expect(try await world.anyone.operate(CheckRows()) == [])
    }

    @Test func `names, codes, passwords and titles that break their rules are named`() async throws {
        try await world.plant(
            "UPDATE users SET username = 's ti', password = 'secret' WHERE username = 'siti'")
        try await world.plant("UPDATE course SET code = '7', title = '\u{200b}'")
        let problems = try await world.anyone.operate(CheckRows()).joined(separator: "\n")
        for word in ["username", "password", "code", "title"] { #expect(problems.contains(word)) }
        #expect(!problems.contains("secret"))
    }
}
