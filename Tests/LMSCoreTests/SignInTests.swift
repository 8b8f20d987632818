import LMSCore
import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

/// Signing in.
@Suite struct SignInTests {
    let world: World

    init() throws { world = try World() }

    @Test func `a wrong password, an unknown user and a locked one get the same words`() async throws {
        try await world.register("siti", as: .student)
        try await world.register("budi", as: .student)
        try await world.plant("UPDATE users SET password = NULL WHERE username = 'budi'")
        let errors = [
            await expectError(.wrongPassword) {
                try await world.logIn("siti", password: "salah sama sekali")
            },
            await expectError(.wrongPassword) { try await world.logIn("nobody") },
            await expectError(.wrongPassword) { try await world.logIn("budi") },
            await expectError(.wrongPassword) { try await world.logIn("no such name") },
            await expectError(.wrongPassword) {
                try await world.logIn("siti", password: String(repeating: "x", count: 2000))
            },
        ]
        #expect(errors.allSatisfy { $0 != nil && $0 == errors.first })
    }

    @Test func `it answers a bearer token, who it is for, and until when`() async throws {
        try await world.register("siti", as: .student)
        let signIn = try await world.logIn("siti")
        #expect(signIn.tokenType == "Bearer")
        #expect(signIn.token.secret.hasPrefix("lms_"))
        #expect(signIn.token.secret.utf8.count == 47)
        #expect(signIn.expiresAt.description == "2026-12-23T12:00:00Z")
        let me = try await world.service(signIn.token).perform(WhoAmI())
        #expect(me.username.rawValue == "siti")
        #expect(me.role == .student)
        #expect(me.expiresAt == signIn.expiresAt)
    }

    @Test func `only a hash of the token is stored, and it is no token`() async throws {
        let siti = try await world.student()
        let made = try await siti.perform(CreateToken(label: "CI"))
        for secret in [siti.token.secret, try #require(made.record.token).secret] {
            #expect(try await !world.dump().contains(String(secret.dropFirst(4))))
        }
        let hash: [UInt8]? = try await world.database.read {
            try $0.value("SELECT token_hash FROM login_session ORDER BY id LIMIT 1")
        }
        #expect(try #require(hash).count == 32)
    }

    @Test func `a secret never shows in a description or a reflection`() async throws {
        let siti = try await world.student()
        var text = "\(siti.token) \(String(reflecting: siti.token))"
        dump(siti.token, to: &text)
        let password = Password(World.password)
        text += "\(password) \(String(reflecting: password))"
        dump(password, to: &text)
        dump(LogIn(username: Username("siti"), password: password), to: &text)
        #expect(!text.contains(siti.token.secret))
        #expect(!text.contains(World.password))
    }

    @Test(
        arguments: [
            (Lifetime.days(365), true), (Lifetime(seconds: 365 * 86_400 + 1), false),
            (Lifetime(seconds: 60), true),
            (Lifetime(seconds: 0), false), (Lifetime(seconds: -1), false), (Lifetime(seconds: .max), false),
            (Lifetime(seconds: .min), false),
        ])
    func `a sign-in lasts a minute to 365 days`(lifetime: Lifetime, isAccepted: Bool) async throws {
        try await world.register("siti", as: .student)
        if isAccepted {
            let signIn = try await world.logIn("siti", lifetime: lifetime)
            #expect(signIn.expiresAt == world.now + lifetime)
        } else {
            try await world.expectRefusal(.invalid) { try await world.logIn("siti", lifetime: lifetime) }
        }
    }

    @Test func `a session ends 30 days after it began, used or not`() async throws {
        let siti = try await world.student()
        for _ in 0..<5 {
            world.advance(by: .days(5))
            _ = try await siti.perform(WhoAmI())
        }
        world.advance(by: Lifetime(seconds: 5 * 86_400 - 1))
        _ = try await siti.perform(WhoAmI())
        world.advance(by: Lifetime(seconds: 1))
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
    }

    @Test func `a session that nobody used for 7 days ends`() async throws {
        let siti = try await world.student()
        world.advance(by: Lifetime(seconds: 7 * 86_400 - 1))
        _ = try await siti.perform(WhoAmI())
        world.advance(by: .days(7))
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
    }

    @Test func `use is noted at most once an hour, by reads and by writes`() async throws {
        let siti = try await world.student()
        world.advance(by: Lifetime(seconds: 3599))
        _ = try await siti.perform(WhoAmI())
        #expect(try await lastUsed() == World.start.seconds)
        world.advance(by: Lifetime(seconds: 1))
        _ = try await siti.perform(WhoAmI())
        #expect(try await lastUsed() == World.start.seconds + 3600)
        world.advance(by: Lifetime(seconds: 3600))
        _ = try await siti.dryRun.perform(LogOut())
        #expect(try await lastUsed() == World.start.seconds + 3600)
    }

    private func lastUsed() async throws -> Int64? {
        try await world.database.read { try $0.value("SELECT last_used_at FROM login_session") }
    }

    @Test func `no token, a made-up one, and a stored hash are not signed in`() async throws {
        _ = try await world.student()
        await expectError(.notSignedIn) { try await world.anyone.perform(WhoAmI()) }
        let madeUp = try #require(SessionToken("lms_" + String(repeating: "A", count: 43)))
        await expectError(.notSignedIn) { try await world.service(madeUp).perform(WhoAmI()) }
    }

    @Test(
        arguments: [
            "", "lms_", "lms_short", String(repeating: "A", count: 47),
            "LMS_" + String(repeating: "A", count: 43),
        ]
            + ["lms_" + String(repeating: "A", count: 44), "lms_" + String(repeating: "+", count: 43)])
    func `what cannot be a token is none`(text: String) {
        #expect(SessionToken(text) == nil)
    }

    @Test func `a disabled account does not log in, and that is no failure of its owner's`() async throws {
        try await world.register("siti", as: .student)
        _ = try await world.anyone.operate(DisableUser(username: Username("siti")))
        for _ in 0..<7 { await expectError(.denied) { try await world.logIn("siti") } }
        await expectError(.wrongPassword) { try await world.logIn("siti", password: "salah sama sekali") }
        _ = try await world.anyone.operate(EnableUser(username: Username("siti")))
        _ = try await world.logIn("siti")
    }

    @Test func `a hash is renewed at log-in when the parameters rise, and not when they fall`() async throws {
        try await world.register("siti", as: .student)
        let stronger = World(
            database: world.database, parameters: Argon2Parameters(memory: 16 << 10, passes: 2))
        let before = try await world.text("SELECT password FROM users")
        await expectError(.wrongPassword) { try await stronger.logIn("siti", password: "salah sama sekali") }
        #expect(try await world.text("SELECT password FROM users") == before)
        _ = try await stronger.logIn("siti")
        let after = try #require(try await world.text("SELECT password FROM users"))
        #expect(after.hasPrefix("$argon2id$v=19$m=16,t=2,p=1$"))
        _ = try await world.logIn("siti")
        #expect(try await world.text("SELECT password FROM users") == after)
    }

    /// What may stand in the column and must never let anybody in.
    static let unusableHashes = [
        "", World.password, "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$$",
        "$2b$12$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2i$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        // 257 MiB, 11 passes, two lanes, numbers that overflow.
        "$argon2id$v=19$m=263168,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=8,t=11,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=8,t=1,p=2$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=9223372036854775807,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=99999999999999999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=8,t=-1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ]

    @Test(arguments: unusableHashes)
    func `a stored text that is no hash of ours, or costs too much, never logs in`(stored: String) async throws {
        try await world.register("siti", as: .student)
        try await world.plant("UPDATE users SET password = \(stored)")
        let start = ContinuousClock.now
        await expectError(.wrongPassword) { try await world.logIn("siti") }
        #expect(ContinuousClock.now - start < .seconds(30))
        #expect(PasswordHash(phc: stored) == nil)
    }

    @Test func `the dearest hash that we accept is 256 MiB and 10 passes`() {
        let text =
            "$argon2id$v=19$m=262144,t=10,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        #expect(PasswordHash(phc: text)?.phc == text)
    }

    static let interruptions: [SQL] = [
        "UPDATE users SET password = NULL",
        """
        UPDATE users SET password = (SELECT password FROM users AS other WHERE other.username = 'budi')
        WHERE username = 'siti'
        """,
        "UPDATE users SET disabled_at = 1", "DELETE FROM users WHERE username = 'siti'",
    ]

    @Test(arguments: interruptions.indices)
    func `an account that changes while its password is verified opens no session`(index: Int) async throws {
        try await world.register("siti", as: .student)
        try await world.register("budi", as: .student)
        // The attempt is counted by the first write; the session would be made by the second.
        let raced = World(
            database: InterruptedDatabase(
                world.database, beforeWrite: 2, run: Self.interruptions[index]))
        await expectError(.wrongPassword) { try await raced.logIn("siti") }
        #expect(try await world.count("SELECT count(*) FROM login_session") == 0)
    }

    @Test func `a password that changes while the current one is verified is not replaced`() async throws {
        let siti = try await world.student()
        let interruption: SQL = "UPDATE users SET password = NULL"
        let raced = World(
            database: InterruptedDatabase(world.database, beforeWrite: 2, run: interruption))
        await expectError(.wrongPassword) {
            try await raced.service(siti.token).perform(
                ChangePassword(current: Password(World.password), new: Password("kapal yang lain")))
        }
        #expect(try await world.text("SELECT password FROM users") == nil)
    }
}
