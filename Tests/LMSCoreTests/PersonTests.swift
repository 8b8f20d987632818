import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore

/// Names and numbers of people: what they may be, who gives them, and where they do not go.
@Suite struct PersonTests {
    let world: World

    init() throws { world = try World() }

    private func edit(_ username: String, name: String? = nil, number: String? = nil) async throws -> Written<ListedUser> {
        try await world.anyone.operate(
            EditUser(
                username: Username(username), name: name.map { PersonName($0) }, number: number.map { PersonNumber($0) }))
    }

    private func details(_ username: String) async throws -> [String?] {
        let user = try #require(
            try await world.anyone.operate(ListUsers()).items.first { $0.username.rawValue == username })
        return [user.details.name?.shown, user.details.number?.shown]
    }

    // MARK: - What prints

    @Test func `neither prints itself, wherever it is put`() {
        let details = PersonDetails(name: PersonName("Siti Aminah"), number: PersonNumber("0081234567"))
        var dumped = ""
        dump(details, to: &dumped)
        dump(RegisterUser(username: Username("siti"), password: Password("x"), role: .student, name: details.name), to: &dumped)
        let texts = [
            "\(details)", String(reflecting: details), dumped, "\(PersonName("Siti Aminah"))",
            String(reflecting: PersonNumber("0081234567")),
        ]
        for text in texts { #expect(!text.contains("Aminah") && !text.contains("81234567"), "\(text)") }
        #expect("\(PersonName("Siti Aminah"))" == "(name)" && "\(PersonNumber("1"))" == "(number)")
    }

    // MARK: - The rules

    @Test(arguments: [
        ("Siti Aminah", "Siti Aminah"), ("  Siti\u{a0}", "Siti"), ("Jose\u{301}", "Jos\u{e9}"),
        ("O'Neil-d'Arc, S.Pd.", "O'Neil-d'Arc, S.Pd."),
        (String(repeating: "n", count: 100), String(repeating: "n", count: 100)),
    ])
    func `a name is kept by the rules of a title`(given: String, kept: String) async throws {
        try await world.register("siti", as: .student)
        _ = try await edit("siti", name: given)
        #expect(try await details("siti")[0].map { Array($0.utf8) } == Array(kept.utf8))
    }

    @Test(arguments: [" ", "\u{200b}", "a\nb", "a\u{0}b", "\u{1b}[2J", String(repeating: "n", count: 101)])
    func `what is no name is refused, and not repeated`(given: String) async throws {
        try await world.register("siti", as: .student)
        let refused = try await world.expectRefusal(.invalid) { try await edit("siti", name: given) }
        #expect(refused?.message.contains("nnn") == false)
        try await world.expectRefusal(.invalid) {
            try await world.anyone.perform(
                RegisterUser(
                    username: Username("budi"), password: Password(World.password), role: .student, name: PersonName(given)))
        }
    }

    @Test(arguments: [
        "0", "0081234567", "19800101.200501/1-002", "A-1", String(repeating: "9", count: 50), " 12 ",
    ])
    func `a number is letters, digits and signs between them`(given: String) async throws {
        try await world.register("siti", as: .student)
        _ = try await edit("siti", number: given)
        #expect(try await details("siti")[1] == given.trimmed)
    }

    @Test(arguments: [" ", "-1", "1-", "/", "1 2", "1_2", "\u{661}", "1\u{200b}2", String(repeating: "9", count: 51)])
    func `what is no number is refused`(given: String) async throws {
        try await world.register("siti", as: .student)
        try await world.expectRefusal(.invalid) { try await edit("siti", number: given) }
    }

    @Test func `a number is one person's, ignoring case, until it is taken away`() async throws {
        for name in ["siti", "budi"] { try await world.register(name, as: .student) }
        _ = try await edit("siti", number: "X-1a")
        let refused = try await world.expectRefusal(.conflict) { try await edit("budi", number: "x-1A") }
        #expect(refused?.message == "'siti' has this number already")
        #expect(try await edit("siti", number: "x-1A").outcome == .updated, "one's own in another spelling")
        #expect(try await edit("siti", number: "x-1A").outcome == .unchanged)
        #expect(try await edit("siti", number: "").outcome == .updated)
        #expect(try await edit("budi", number: "x-1A").outcome == .updated)
        #expect(try await details("siti") == [nil, nil])
    }

    @Test func `an edit leaves what it does not name, and notes that it was, without a word of the text`() async throws {
        try await world.register("siti", as: .student)
        _ = try await edit("siti", name: "Siti Aminah", number: "7")
        _ = try await edit("SITI", name: "Siti")
        #expect(try await details("siti") == ["Siti", "7"])
        _ = try await edit("siti", name: "")
        #expect(try await details("siti") == [nil, "7"])
        let log = try await world.accountLogEntries()
        #expect(log.suffix(3) == Array(repeating: "(operator) user.edit siti", count: 3))
        let before = try await world.dump()
        _ = try await world.anyoneDryRunning.operate(EditUser(username: Username("siti"), name: PersonName("Other")))
        #expect(try await world.dump() == before)
        try await world.expectRefusal(.notFound) { try await edit("nobody", name: "x") }
    }

    @Test func `what was planted is told by a check`() async throws {
        try await world.register("siti", as: .student)
        #expect(try await world.anyone.operate(CheckRows()) == [])
        try await world.plant("UPDATE users SET number = '-'")
        #expect(try await world.anyone.operate(CheckRows()) == ["users.name or users.number breaks the rule for it"])
    }

    // MARK: - Finding

    @Test func `the operator finds people by words of name, number and username`() async throws {
        for name in ["siti", "budi", "ani.dewi"] { try await world.register(name, as: .student) }
        _ = try await edit("siti", name: "Siti N\u{fc}r Aminah", number: "008-123")
        _ = try await edit("budi", name: "Budi Santoso", number: "009")
        func found(_ words: String) async throws -> [String] {
            try await world.anyone.operate(ListUsers(words: words)).items.map(\.username.rawValue)
        }
        #expect(try await found("aminah nur") == ["siti"])
        #expect(try await found("SIT") == ["siti"])
        #expect(try await found("008-12") == ["siti"])
        #expect(try await found("123") == ["siti"])
        #expect(try await found("00") == ["siti", "budi"])
        #expect(try await found("dewi") == ["ani.dewi"])
        #expect(try await found("siti santoso") == [])
        await expectError(.invalid) { try await found(" - ") }
        let first = try await world.anyone.operate(ListUsers(words: "00", limit: 1))
        #expect(first.items.map(\.username.rawValue) == ["siti"])
        let rest = try await world.anyone.operate(ListUsers(words: "00", limit: 1, after: first.next))
        #expect(rest.items.map(\.username.rawValue) == ["budi"] && rest.next == nil)
    }

    @Test func `a roster has names and numbers, and is searched by them`() async throws {
        let guru = try await world.teacher()
        let course = try await guru.makeCourse(enrollment: .approval)
        for name in ["siti", "budi", "dewi"] { try await world.student(name).join(course) }
        _ = try await edit("siti", name: "Siti Aminah", number: "7")
        _ = try await guru.perform(ApproveStudents(course: course, usernames: names("siti")))
        let roster = try await guru.perform(ListRoster(course: course)).items
        #expect(roster.map { $0.details.name?.shown } == [nil, nil, "Siti Aminah"])
        #expect(roster.map { $0.details.number?.shown } == [nil, nil, "7"])
        func found(_ words: String, _ status: EnrollmentStatus? = nil, limit: Int? = nil) async throws -> [String] {
            try await guru.perform(ListRoster(course: course, status: status, words: words, limit: limit)).items
                .map(\.username.rawValue)
        }
        #expect(try await found("aminah") == ["siti"])
        #expect(try await found("d") == ["dewi"])
        #expect(try await found("7", .pending) == [])
        #expect(try await found("7", .enrolled, limit: 1) == ["siti"])
    }

    @Test func `everybody sees the owner's name at a course`() async throws {
        let guru = try await world.teacher()
        _ = try await edit("guru", name: "Ibu Guru", number: "7")
        let made = try await guru.perform(CreateCourse(title: "Biology", code: "bio"))
        #expect(made.record.teacherName?.shown == "Ibu Guru")
        #expect(try await world.student().perform(ShowCourse(course: "bio")).teacherName?.shown == "Ibu Guru")
    }

    @Test func `a name given at registration is there, and is no affair of the log`() async throws {
        _ = try await world.anyone.perform(
            RegisterUser(
                username: Username("siti"), password: Password(World.password), role: .student, name: PersonName(" Siti A. ")))
        #expect(try await details("siti") == ["Siti A.", nil])
        #expect(try await world.accountLogEntries() == ["siti user.register siti: student"])
    }
}
