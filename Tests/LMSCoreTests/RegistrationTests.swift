import LMSCore
import LMSTestSupport
import Testing

/// Registration.
@Suite struct RegistrationTests {
    let world: World

    init() throws { world = try World() }

    @Test(arguments: ["a", "7", "Siti.N_ur-1", "0123456789012345678901234"])
    func `a username has 1 to 25 of A-Z a-z 0-9 . _ -, the first a letter or digit`(name: String) async throws {
        let user = try await world.register(name, as: .student)
        #expect(user.record.username.rawValue == name)
        #expect(user.record.role == .student)
        #expect(user.outcome == .created)
        _ = try await world.logIn(name)
    }

    @Test(
        arguments: [
            "", "01234567890123456789012345", ".a", "-a", "_a", "a b", "a\0", "a\n", "s\u{ed}ti", "si/ti",
            "a@b",
            "\u{212a}ate", "a\u{301}", " a", "a ",
        ])
    func `any other username is refused`(name: String) async throws {
        try await world.expectRefusal(.invalid) { try await world.register(name, as: .student) }
    }

    @Test func `a username is unique ignoring case, and shown as registered`() async throws {
        try await world.register("Siti", as: .student)
        try await world.expectRefusal(.conflict) { try await world.register("sITI", as: .student) }
        let signIn = try await world.logIn("siti")
        #expect(signIn.user.username.rawValue == "Siti")
    }

    @Test(arguments: ["\u{212a}ate", "kate\0", "kate\u{301}"])
    func `a name that only folds to a username is not that username`(name: String) async throws {
        try await world.register("kate", as: .student)
        await expectError(.wrongPassword) { try await world.logIn(name) }
    }

    @Test(
        arguments: [
            (7, false), (8, true), (1024, true), (1025, false), (1 << 20, false),
        ])
    func `a password has 8 to 1,024 bytes`(bytes: Int, isAccepted: Bool) async throws {
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

    @Test func `length counts bytes: seven letters of two bytes each are enough`() async throws {
        try await world.register("siti", as: .student, password: "\u{e9}\u{e8}\u{ea}\u{eb}\u{e0}\u{e1}\u{e2}")
    }

    @Test(arguments: ["12345678", "password", "Password", "QWERTYUIOP", "aaaaaaaa", "12121212", "bismillah"])
    func `the commonest passwords are refused, in any case`(password: String) async throws {
        try await world.expectRefusal(.invalid) {
            try await world.register("siti", as: .student, password: password)
        }
    }

    @Test func `the username is no password, in any case`() async throws {
        try await world.expectRefusal(.invalid) {
            try await world.register("siti.nurhaliza", as: .student, password: "SITI.Nurhaliza")
        }
    }

    @Test func `a password with NUL is refused`() async throws {
        try await world.expectRefusal(.invalid) {
            try await world.register("siti", as: .student, password: "kapal\0layar")
        }
    }

    @Test func `a composed and a decomposed password are the same one`() async throws {
        try await world.register("siti", as: .student, password: "caf\u{e9} di kota")
        _ = try await world.logIn("siti", password: "cafe\u{301} di kota")
        try await world.register("budi", as: .student, password: "cafe\u{301} di kota")
        _ = try await world.logIn("budi", password: "caf\u{e9} di kota")
    }

    @Test(arguments: ["\u{344}", "\u{f73}", "\u{301}"])
    func `passwords that differ in the length of a run of marks differ`(mark: String) async throws {
        func password(_ count: Int) -> String { "kuda\(String(repeating: mark, count: count))laut" }
        try await world.register("siti", as: .student, password: password(60))
        for count in [20, 31, 32, 33, 50, 59, 61] {
            await expectError(.wrongPassword) { try await world.logIn("siti", password: password(count)) }
            world.advance(by: .days(2))
        }
        _ = try await world.logIn("siti", password: password(60))
    }

    /// 0.1.0 hashed only the first 31 of the run, decomposed.
    @Test func `a password that was hashed in the form of 0.1.0 is right once more, and then hashed anew`() async throws {
        let password = "kuda\(String(repeating: "\u{344}", count: 60))laut"
        let hashed = "kuda\(String(repeating: "\u{308}\u{301}", count: 31))laut"
        try await world.register("siti", as: .student, password: hashed)
        let before = try await world.text("SELECT password FROM users")
        _ = try await world.logIn("siti", password: password)
        #expect(try await world.text("SELECT password FROM users") != before)
        await expectError(.wrongPassword) { try await world.logIn("siti", password: hashed) }
        _ = try await world.logIn("siti", password: password)
    }

    @Test func `a title or a password of millions of characters is refused at once`() async throws {
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

    @Test(arguments: [" Kapal Layar ", "kapal layar", "Kapal Layar\n", "Kapal Layar", "Kapal  Layar"])
    func `otherwise the password is used as given: not trimmed, folded or cut`(other: String) async throws {
        let password = " Kapal Layar"
        try await world.register("siti", as: .student, password: password)
        await expectError(.wrongPassword) { try await world.logIn("siti", password: other) }
        _ = try await world.logIn("siti", password: password)
    }

    @Test func `a long password counts to its last byte`() async throws {
        let password = String(String(repeating: "kuda laut 7 ", count: 100).prefix(1023))
        try await world.register("siti", as: .student, password: password + "a")
        await expectError(.wrongPassword) { try await world.logIn("siti", password: password + "b") }
    }

    @Test func `if_not_exists: the same role is unchanged, and the password ignored`() async throws {
        let created = try await register("siti", .student, World.password)
        #expect(created.outcome == .created)
        let before = try await world.dump()
        let again = try await register("SITI", .student, "short")
        #expect(again.outcome == .unchanged)
        #expect(again.record.id == created.record.id)
        #expect(again.record.username.rawValue == "siti")
        #expect(try await world.dump() == before)
    }

    @Test func `if_not_exists: another role is a conflict`() async throws {
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

    @Test(arguments: [false, true])
    func `50 registrations of one name at once make one user`(ifNotExists: Bool) async throws {
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

    @Test func `a dry run answers without an id and leaves nothing`() async throws {
        let before = try await world.dump()
        let user = try await world.anyoneDryRunning.perform(
            RegisterUser(username: Username("siti"), password: Password(World.password), role: .student))
        #expect(user.record.id == nil)
        #expect(user.isDryRun)
        #expect(try await world.dump() == before)
    }

    @Test func `neither the password nor a quick hash of it is stored`() async throws {
        try await world.register("siti", as: .student)
        #expect(try await !world.dump().contains(World.password))
        let stored = try #require(try await world.text("SELECT password FROM users"))
        #expect(stored.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        try await world.register("budi", as: .student)
        let distinct = try await world.count("SELECT count(DISTINCT password) FROM users")
        #expect(distinct == 2, "each hash has a salt of its own")
    }

    @Test func `the standard cost is 64 MiB and 3 passes`() async throws {
        let hash = try await PasswordHasher.standard.hash(Password(World.password))
        #expect(hash.phc.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"))
        #expect(hash.phc.utf8.count <= 255)
    }
}
