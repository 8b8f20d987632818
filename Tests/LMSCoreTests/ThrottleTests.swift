import LMSCore
import LMSTestSupport
import Testing

@Suite("The throttle on guessing")
struct ThrottleTests {
    let world: World

    init() async throws {
        world = try World()
        try await world.register("siti", as: .student)
    }

    private func guess(_ name: String = "siti", from address: String = "local") async -> String {
        do {
            _ = try await world.logIn(name, password: "salah sama sekali", from: address)
            return "in"
        } catch let error as LMSError {
            return error.retryAfter.map { "\(error.code.rawValue) \($0)" } ?? error.code.rawValue
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "five failures are free, then the wait is 1 s and doubles to 15 minutes",
        arguments: ["siti", "nobody"])
    func waits(name: String) async throws {
        for _ in 0..<5 { #expect(await guess(name) == "wrong_password") }
        for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] as [Int] {
            #expect(await guess(name) == "throttled \(wait)")
            world.advance(milliseconds: Int64(wait) * 1000 - 1)
            #expect(await guess(name) == "throttled 1")
            world.advance(milliseconds: 1)
            #expect(await guess(name) == "wrong_password")
        }
    }

    @Test("an attempt that has to wait does not count, and says how long")
    func waitingDoesNotCount() async throws {
        for _ in 0..<5 { _ = await guess() }
        let before = try await world.dump()
        for _ in 0..<200 { #expect(await guess() == "throttled 1") }
        #expect(try await world.dump() == before)
        world.advance(milliseconds: 1000)
        _ = try await world.logIn("siti")
    }

    @Test("the right password has to wait too, then succeeds and resets")
    func success() async throws {
        for _ in 0..<5 { _ = await guess() }
        let error = await expectError(.throttled) { try await world.logIn("siti") }
        #expect(error?.retryAfter == 1)
        world.advance(milliseconds: 1000)
        _ = try await world.logIn("siti")
        for _ in 0..<5 { #expect(await guess() == "wrong_password") }
        #expect(await guess() == "throttled 1")
    }

    @Test("the names of one account in any case are one account")
    func caseOfName() async throws {
        for name in ["siti", "SITI", "Siti", "sItI", "sitI"] { _ = await guess(name) }
        #expect(await guess() == "throttled 1")
    }

    @Test("the owner at another address, another account here, and live sessions are not slowed")
    func others() async throws {
        let live = world.service(try await world.logIn("siti").token)
        try await world.register("budi", as: .student)
        for _ in 0..<5 { _ = await guess("siti", from: "203.0.113.7") }
        #expect(await guess("siti", from: "203.0.113.7") == "throttled 1")
        _ = try await world.logIn("siti", from: "198.51.100.1")
        _ = try await world.logIn("budi", from: "203.0.113.7")
        _ = try await live.perform(WhoAmI())
    }

    @Test("the owner's success elsewhere does not free the guesser")
    func successElsewhere() async throws {
        for _ in 0..<5 { _ = await guess("siti", from: "203.0.113.7") }
        _ = try await world.logIn("siti", from: "198.51.100.1")
        #expect(await guess("siti", from: "203.0.113.7") == "throttled 1")
    }

    @Test("an address has 100 failures in 5 minutes, over all names")
    func address() async throws {
        for number in 0..<100 {
            #expect(await guess("name\(number)", from: "203.0.113.7") == "wrong_password")
        }
        #expect(await guess("another", from: "203.0.113.7") == "throttled 300")
        await expectError(.throttled) { try await world.logIn("siti", from: "203.0.113.7") }
        _ = try await world.logIn("siti", from: "198.51.100.1")
        world.advance(milliseconds: 299_999)
        #expect(await guess("another", from: "203.0.113.7") == "throttled 1")
        world.advance(milliseconds: 1)
        _ = try await world.logIn("siti", from: "203.0.113.7")
    }

    @Test("a classroom behind one address passes: successes do not count")
    func classroom() async throws {
        for _ in 0..<120 { _ = try await world.logIn("siti", from: "203.0.113.7") }
        for number in 0..<99 { _ = await guess("name\(number)", from: "203.0.113.7") }
        _ = try await world.logIn("siti", from: "203.0.113.7")
        #expect(await guess("last", from: "203.0.113.7") == "wrong_password")
        #expect(await guess("more", from: "203.0.113.7") == "throttled 300")
    }

    @Test("failures are forgotten 24 hours after the last, not before")
    func memory() async throws {
        for _ in 0..<5 { _ = await guess() }
        world.advance(milliseconds: 24 * 3_600_000 - 1)
        #expect(await guess() == "wrong_password")
        #expect(await guess() == "throttled 2")
        world.advance(milliseconds: 24 * 3_600_000)
        for _ in 0..<5 { #expect(await guess() == "wrong_password") }
    }

    @Test("of 50 wrong guesses at once, five are looked at")
    func parallelGuesses() async throws {
        let guesses = await withTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { await guess() } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(guesses == ["wrong_password": 5, "throttled 1": 45])
    }

    @Test("right passwords in parallel all get in: nobody failed")
    func parallelSignIns() async throws {
        let world = world
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<30 {
                group.addTask { (try? await world.logIn("siti")) != nil }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [true: 30])
        #expect(try await world.count("SELECT count(*) FROM throttle") == 0)
    }

    @Test("an attempt that was killed counts as a failure when it is clear that it was")
    func killedAttempt() async throws {
        _ = await guess()
        let changed = try await world.database.write { connection in
            // The account's row: an address's is never blocked.
            try connection.execute("UPDATE throttle SET failures = 4, pending = 1 WHERE blocked_until > 0")
        }
        #expect(changed == 1)
        world.advance(milliseconds: 30_000)
        #expect(await guess() == "wrong_password")
        #expect(await guess() == "throttled 2")
        world.advance(milliseconds: 2000)
        #expect(await guess() == "wrong_password")
    }

    @Test("the table holds neither names nor addresses, and is emptied of what is past")
    func storedKeys() async throws {
        _ = await guess("siti", from: "203.0.113.7")
        let dump = try await world.dump()
        #expect(!dump.contains("203.0.113.7"))
        #expect(try await world.count("SELECT count(*) FROM throttle") == 2)
        world.advance(by: .days(1))
        _ = await guess("other", from: "198.51.100.1")
        #expect(try await world.count("SELECT count(*) FROM throttle") == 2)
    }
}
