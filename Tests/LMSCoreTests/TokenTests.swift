import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// Tokens, sessions and their ends.
@Suite struct TokenTests {
    let world: World

    init() throws { world = try World() }

    @Test func `a token lasts as long as asked, 90 days by default, and may lie idle`() async throws {
        let siti = try await world.student()
        let made = try await siti.perform(CreateToken(label: "  CI \u{1f680} "))
        #expect(made.outcome == .created)
        #expect(made.record.session.label == "CI \u{1f680}")
        #expect(made.record.session.expiresAt == world.now + .days(90))
        let service = world.service(try #require(made.record.token) as SessionToken)
        world.advance(by: Lifetime(seconds: 90 * 86_400 - 1))
        _ = try await service.perform(WhoAmI())
        world.advance(by: Lifetime(seconds: 1))
        await expectError(.notSignedIn) { try await service.perform(WhoAmI()) }
    }

    @Test func `nobody has used a new token, until somebody does; signing in is a use`() async throws {
        let siti = try await world.student()
        let made = try await siti.perform(CreateToken(label: "CI"))
        #expect(made.record.session.lastUsedAt == nil)
        func listed() async throws -> [Instant?] {
            try await siti.perform(ListTokens()).items.map(\.lastUsedAt)
        }
        #expect(try await listed() == [world.now, nil])
        world.advance(by: Lifetime(seconds: 60))
        let service = world.service(try #require(made.record.token) as SessionToken)
        _ = try await world.service(made.record.token, isDryRun: true).perform(WhoAmI())
        #expect(try await listed() == [World.start, nil], "a dry run leaves nothing")
        _ = try await service.perform(WhoAmI())
        #expect(try await listed() == [World.start, world.now], "at once, however young it is")
    }

    @Test(arguments: ["", "  ", String(repeating: "x", count: 256), "a\u{1b}[31m", "a\0b"])
    func `a label is a title: refused empty, too long, or with controls`(label: String) async throws {
        let siti = try await world.student()
        try await world.expectRefusal(.invalid) { try await siti.perform(CreateToken(label: label)) }
    }

    @Test func `a token lasts at most 365 days`() async throws {
        let siti = try await world.student()
        _ = try await siti.perform(CreateToken(label: "CI", lifetime: .days(365)))
        try await world.expectRefusal(.invalid) {
            try await siti.perform(CreateToken(label: "CI", lifetime: .days(366)))
        }
    }

    @Test func `the list shows one's own live sessions, sign-ins too, and nobody else's`() async throws {
        let siti = try await world.student()
        let budi = try await world.student("budi")
        _ = try await budi.perform(CreateToken(label: "budi's"))
        _ = try await siti.perform(CreateToken(label: "short", lifetime: Lifetime(seconds: 3600)))
        _ = try await siti.perform(CreateToken(label: "CI"))
        #expect(try await labels(of: siti) == ["login", "short", "CI"])
        world.advance(by: Lifetime(seconds: 3600))
        #expect(try await labels(of: siti) == ["login", "CI"])
    }

    private func labels(of person: Person) async throws -> [String] {
        try await person.perform(ListTokens()).items.map(\.label)
    }

    @Test func `a revoked token is refused from the next request on`() async throws {
        let siti = try await world.student()
        let made = try await siti.perform(CreateToken(label: "CI"))
        let service = world.service(try #require(made.record.token) as SessionToken)
        _ = try await service.perform(WhoAmI())
        let id = try #require(made.record.session.id)
        let revoked = try await siti.perform(RevokeToken(id: SessionReference(id.description)))
        #expect(revoked.outcome == .deleted)
        #expect(revoked.record.label == "CI")
        await expectError(.notSignedIn) { try await service.perform(WhoAmI()) }
        _ = try await siti.perform(WhoAmI())
    }

    @Test(arguments: ["theirs", "99", "01", "+1", "x"])
    func `another's token, a missing one, and what is no id are not found`(id: String) async throws {
        let siti = try await world.student()
        let budi = try await world.student("budi")
        let made = try await budi.perform(CreateToken(label: "CI"))
        let theirs = try #require(made.record.session.id)
        try await world.expectRefusal(.notFound) {
            try await siti.perform(RevokeToken(id: SessionReference(id == "theirs" ? "\(theirs)" : id)))
        }
    }

    @Test func `logging out ends this session only; with --all, every one of the user's`() async throws {
        let siti = try await world.student()
        let budi = try await world.student("budi")
        let second = world.service(try await world.logIn("siti").token)
        let third = world.service(try await world.logIn("siti").token)
        _ = try await third.perform(CreateToken(label: "CI"))
        let one = try await siti.perform(LogOut())
        #expect(one.record.sessions == 1 && one.record.tokens == 0)
        await expectError(.notSignedIn) { try await siti.perform(WhoAmI()) }
        _ = try await second.perform(WhoAmI())
        let all = try await second.perform(LogOut(all: true))
        #expect(all.record.sessions == 2 && all.record.tokens == 1)
        await expectError(.notSignedIn) { try await third.perform(WhoAmI()) }
        _ = try await budi.perform(WhoAmI())
    }

    @Test func `a new password ends every other session and token, counts them, and keeps this one`() async throws {
        let siti = try await world.student()
        let budi = try await world.student("budi")
        let other = world.service(try await world.logIn("siti").token)
        _ = try await siti.perform(CreateToken(label: "CI"))
        _ = try await siti.perform(CreateToken(label: "dead", lifetime: Lifetime(seconds: 60)))
        world.advance(by: Lifetime(seconds: 60))
        let changed = try await siti.perform(
            ChangePassword(current: Password(World.password), new: Password("kapal yang lain")))
        #expect(changed.record.sessions == 1)
        #expect(changed.record.tokens == 1, "the dead one does not count")
        _ = try await siti.perform(WhoAmI())
        _ = try await budi.perform(WhoAmI())
        await expectError(.notSignedIn) { try await other.perform(WhoAmI()) }
        await expectError(.wrongPassword) { try await world.logIn("siti") }
        _ = try await world.logIn("siti", password: "kapal yang lain")
    }

    @Test func `a wrong current password changes nothing and counts as a failed log-in`() async throws {
        let siti = try await world.student()
        let guess = ChangePassword(current: Password("salah sama sekali"), new: Password("kapal yang lain"))
        for _ in 0..<5 { await expectError(.wrongPassword) { try await siti.perform(guess) } }
        try await world.expectRefusal(.throttled) { try await siti.perform(guess) }
        await expectError(.throttled) { try await world.logIn("siti") }
        world.advance(by: Lifetime(seconds: 1))
        _ = try await world.logIn("siti")
    }

    @Test(arguments: ["short", "12345678", "siti.nur"])
    func `a new password keeps the rules, and a refusal is no failure`(new: String) async throws {
        let siti = try await world.student("siti.nur")
        let change = ChangePassword(current: Password(World.password), new: Password(new))
        try await world.expectRefusal(.invalid) { try await siti.perform(change) }
        for _ in 0..<6 { await expectError(.invalid) { try await siti.perform(change) } }
        _ = try await world.logIn("siti.nur")
    }

    @Test func `a dry run of a change of the password leaves nothing, also no count of attempts`() async throws {
        let siti = try await world.student()
        let before = try await world.dump()
        let change = ChangePassword(current: Password(World.password), new: Password("kapal yang lain"))
        for _ in 0..<7 {
            let changed = try await siti.dryRun.perform(change)
            #expect(changed.isDryRun)
        }
        #expect(try await world.dump() == before)
    }
}
