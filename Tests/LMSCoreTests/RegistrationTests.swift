import LMSCore
import LMSTestSupport
import Testing

@Suite("Registration")
struct RegistrationTests {
    let world: World

    init() throws { world = try World() }

    @Test(
        "a username has 1 to 25 of A-Z a-z 0-9 . _ -, the first a letter or digit",
        arguments: ["a", "7", "Siti.N_ur-1", "0123456789012345678901234"])
    func acceptedUsername(name: String) async throws {
        let user = try await world.register(name, as: .student)
        #expect(user.record.username.rawValue == name)
        #expect(user.record.role == .student)
        #expect(user.outcome == .created)
        _ = try await world.logIn(name)
    }

    @Test(
        "any other username is refused",
        arguments: [
            "", "01234567890123456789012345", ".a", "-a", "_a", "a b", "a\0", "a\n", "s\u{ed}ti", "si/ti",
            "a@b",
            "\u{212a}ate", "a\u{301}", " a", "a ",
        ])
    func refusedUsername(name: String) async throws {
        try await world.expectRefusal(.invalid) { try await world.register(name, as: .student) }
    }

    @Test("a username is unique ignoring case, and shown as registered")
    func caseOfUsername() async throws {
        try await world.register("Siti", as: .student)
        try await world.expectRefusal(.conflict) { try await world.register("sITI", as: .student) }
        let signIn = try await world.logIn("siti")
        #expect(signIn.user.username.rawValue == "Siti")
    }

    @Test(
        "a name that only folds to a username is not that username",
        arguments: ["\u{212a}ate", "kate\0", "kate\u{301}"])
    func lookalike(name: String) async throws {
        try await world.register("kate", as: .student)
        await expectError(.wrongPassword) { try await world.logIn(name) }
    }

    @Test(
        "a password has 8 to 1,024 bytes",
        arguments: [
            (7, false), (8, true), (1024, true), (1025, false), (1 << 20, false),
        ])
    func passwordLength(bytes: Int, isAccepted: Bool) async throws {
        let password = String(String(repeating: "kuda laut 7 ", count: bytes / 12 + 1).prefix(bytes))
        #expect(password.utf8.count == bytes)
        if isAccepted {
            try await world.register("siti", as: .student, password: password)
            _ = try await world.logIn("siti", password: password)
        } else {
            try await world.expectRefusal(.invalid) {
                try await world.register("siti", as: .student, password: password)
            }
        }
    }

    @Test("length counts bytes: seven letters of two bytes each are enough")
    func passwordBytes() async throws {
        try await world.register("siti", as: .student, password: "\u{e9}\u{e8}\u{ea}\u{eb}\u{e0}\u{e1}\u{e2}")
    }

    @Test(
        "the commonest passwords are refused, in any case",
        arguments: ["12345678", "password", "Password", "QWERTYUIOP", "aaaaaaaa", "12121212", "bismillah"])
    func commonPassword(password: String) async throws {
        try await world.expectRefusal(.invalid) {
            try await world.register("siti", as: .student, password: password)
        }
    }

    @Test("the username is no password, in any case")
    func usernameAsPassword() async throws {
        try await world.expectRefusal(.invalid) {
            try await world.register("siti.nurhaliza", as: .student, password: "SITI.Nurhaliza")
        }
    }

    @Test("a password with NUL is refused")
    func passwordWithNUL() async throws {
        try await world.expectRefusal(.invalid) {
            try await world.register("siti", as: .student, password: "kapal\0layar")
        }
    }

    @Test("a composed and a decomposed password are the same one")
    func normalizedPassword() async throws {
        try await world.register("siti", as: .student, password: "caf\u{e9} di kota")
        _ = try await world.logIn("siti", password: "cafe\u{301} di kota")
        try await world.register("budi", as: .student, password: "cafe\u{301} di kota")
        _ = try await world.logIn("budi", password: "caf\u{e9} di kota")
    }

    @Test(
        "passwords that differ in the length of a run of marks differ",
        arguments: ["\u{344}", "\u{f73}", "\u{301}"])
    func runsOfMarks(mark: String) async throws {
        func password(_ count: Int) -> String { "kuda\(String(repeating: mark, count: count))laut" }
        try await world.register("siti", as: .student, password: password(60))
        for count in [20, 31, 32, 33, 50, 59, 61] {
            await expectError(.wrongPassword) { try await world.logIn("siti", password: password(count)) }
            world.advance(by: .days(2))
        }
        _ = try await world.logIn("siti", password: password(60))
    }

    /// 0.1.0 hashed only the first 31 of the run, decomposed.
    @Test("a password that was hashed in the form of 0.1.0 is right once more, and then hashed anew")
    func formerForm() async throws {
        let password = "kuda\(String(repeating: "\u{344}", count: 60))laut"
        let hashed = "kuda\(String(repeating: "\u{308}\u{301}", count: 31))laut"
        try await world.register("siti", as: .student, password: hashed)
        let before = try await world.text("SELECT password FROM users")
        _ = try await world.logIn("siti", password: password)
        #expect(try await world.text("SELECT password FROM users") != before)
        await expectError(.wrongPassword) { try await world.logIn("siti", password: hashed) }
        _ = try await world.logIn("siti", password: password)
    }

    @Test("a title or a password of millions of characters is refused at once")
    func endlessTexts() async throws {
        let guru = try await world.teacher()
        let clock = ContinuousClock()
        for character in ["\u{344}", "\u{301}\u{323}", "x", "\u{200b}"] {
            let text = "a" + String(repeating: character, count: 2_000_000) + "a"
            let time = try await clock.measure {
                try await world.expectRefusal(.invalid) { try await guru.perform(CreateCourse(title: text)) }
                try await world.expectRefusal(.invalid) {
                    try await world.register("siti", as: .student, password: text)
                }
            }
            #expect(time < .seconds(10))
        }
    }

    @Test(
        "otherwise the password is used as given: not trimmed, folded or cut",
        arguments: [" Kapal Layar ", "kapal layar", "Kapal Layar\n", "Kapal Layar", "Kapal  Layar"])
    func passwordAsGiven(other: String) async throws {
        let password = " Kapal Layar"
        try await world.register("siti", as: .student, password: password)
        await expectError(.wrongPassword) { try await world.logIn("siti", password: other) }
        _ = try await world.logIn("siti", password: password)
    }

    @Test("a long password counts to its last byte")
    func lastByteOfPassword() async throws {
        let password = String(String(repeating: "kuda laut 7 ", count: 100).prefix(1023))
        try await world.register("siti", as: .student, password: password + "a")
        await expectError(.wrongPassword) { try await world.logIn("siti", password: password + "b") }
    }

    @Test("if_not_exists: the same role is unchanged, and the password ignored")
    func ifNotExists() async throws {
        let created = try await register("siti", .student, World.password)
        #expect(created.outcome == .created)
        let before = try await world.dump()
        let again = try await register("SITI", .student, "short")
        #expect(again.outcome == .unchanged)
        #expect(again.record.id == created.record.id)
        #expect(again.record.username.rawValue == "siti")
        #expect(try await world.dump() == before)
    }

    @Test("if_not_exists: another role is a conflict")
    func ifNotExistsOtherRole() async throws {
        try await world.register("siti", as: .student)
        try await world.expectRefusal(.conflict) { try await register("siti", .teacher, World.password) }
    }

    private func register(
        _ name: String, _ role: Role, _ password: String
    ) async throws -> Written<NewUser> {
        try await world.anyone.perform(
            RegisterUser(
                username: Username(name), password: Password(password), role: role, ifNotExists: true))
    }

    @Test("50 registrations of one name at once make one user", arguments: [false, true])
    func race(ifNotExists: Bool) async throws {
        let world = world
        let outcomes = await withTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do {
                        let user = try await world.anyone.perform(
                            RegisterUser(
                                username: Username("siti"), password: Password(World.password),
                                role: .student,
                                ifNotExists: ifNotExists))
                        return user.outcome.rawValue
                    } catch let error as LMSError {
                        return error.code.rawValue
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == ["created": 1, ifNotExists ? "unchanged" : "conflict": 49])
        #expect(try await world.count("SELECT count(*) FROM users") == 1)
    }

    @Test("a dry run answers without an id and leaves nothing")
    func dryRun() async throws {
        let before = try await world.dump()
        let user = try await world.anyoneDryRunning.perform(
            RegisterUser(username: Username("siti"), password: Password(World.password), role: .student))
        #expect(user.record.id == nil)
        #expect(user.isDryRun)
        #expect(try await world.dump() == before)
    }

    @Test("neither the password nor a quick hash of it is stored")
    func storedForm() async throws {
        try await world.register("siti", as: .student)
        #expect(try await !world.dump().contains(World.password))
        let stored = try #require(try await world.text("SELECT password FROM users"))
        #expect(stored.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        try await world.register("budi", as: .student)
        let distinct = try await world.count("SELECT count(DISTINCT password) FROM users")
        #expect(distinct == 2, "each hash has a salt of its own")
    }

    @Test("the standard cost is 64 MiB and 3 passes")
    func standardCost() async throws {
        let hash = try await PasswordHasher.standard.hash(Password(World.password))
        #expect(hash.phc.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"))
        #expect(hash.phc.utf8.count <= 255)
    }
}
