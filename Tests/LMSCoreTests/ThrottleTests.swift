import LMSCore
import LMSDatabase
import LMSTestSupport
import Testing

/// The throttle on guessing.
@Suite struct ThrottleTests {
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

    @Test(arguments: ["siti", "nobody"])
    func `five failures are free, then the wait is 1 s and doubles to 15 minutes`(name: String) async throws {
        for _ in 0..<5 { #expect(await guess(name) == "wrong_password") }
        for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] as [Int] {
            #expect(await guess(name) == "throttled \(wait)")
            world.advance(milliseconds: Int64(wait) * 1000 - 1)
            #expect(await guess(name) == "throttled 1")
            world.advance(milliseconds: 1)
            #expect(await guess(name) == "wrong_password")
        }
    }

    @Test func `an attempt that has to wait does not count, and says how long`() async throws {
        for _ in 0..<5 { _ = await guess() }
        let before = try await world.dump()
        for _ in 0..<200 { #expect(await guess() == "throttled 1") }
        #expect(try await world.dump() == before)
        world.advance(milliseconds: 1000)
        _ = try await world.logIn("siti")
    }

    @Test func `the right password has to wait too, then succeeds and resets`() async throws {
        for _ in 0..<5 { _ = await guess() }
        let error = await expectError(.throttled) { try await world.logIn("siti") }
        #expect(error?.retryAfter == 1)
        world.advance(milliseconds: 1000)
        _ = try await world.logIn("siti")
        for _ in 0..<5 { #expect(await guess() == "wrong_password") }
        #expect(await guess() == "throttled 1")
    }

    @Test func `the names of one account in any case are one account`() async throws {
        for name in ["siti", "SITI", "Siti", "sItI", "sitI"] { _ = await guess(name) }
        #expect(await guess() == "throttled 1")
    }

    @Test func `the owner at another address, another account here, and live sessions are not slowed`() async throws {
        let live = world.service(try await world.logIn("siti").token)
        try await world.register("budi", as: .student)
        for _ in 0..<5 { _ = await guess("siti", from: "203.0.113.7") }
        #expect(await guess("siti", from: "203.0.113.7") == "throttled 1")
        _ = try await world.logIn("siti", from: "198.51.100.1")
        _ = try await world.logIn("budi", from: "203.0.113.7")
        _ = try await live.perform(WhoAmI())
    }

    @Test func `the owner's success elsewhere does not free the guesser`() async throws {
        for _ in 0..<5 { _ = await guess("siti", from: "203.0.113.7") }
        _ = try await world.logIn("siti", from: "198.51.100.1")
        #expect(await guess("siti", from: "203.0.113.7") == "throttled 1")
    }

    @Test func `an address has 100 failures in 5 minutes, over all names`() async throws {
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

    @Test func `a classroom behind one address passes: successes do not count`() async throws {
        for _ in 0..<120 { _ = try await world.logIn("siti", from: "203.0.113.7") }
        for number in 0..<99 { _ = await guess("name\(number)", from: "203.0.113.7") }
        _ = try await world.logIn("siti", from: "203.0.113.7")
        #expect(await guess("last", from: "203.0.113.7") == "wrong_password")
        #expect(await guess("more", from: "203.0.113.7") == "throttled 300")
    }

    @Test func `failures are forgotten 24 hours after the last, not before`() async throws {
        for _ in 0..<5 { _ = await guess() }
        world.advance(milliseconds: 24 * 3_600_000 - 1)
        #expect(await guess() == "wrong_password")
        #expect(await guess() == "throttled 2")
        world.advance(milliseconds: 24 * 3_600_000)
        for _ in 0..<5 { #expect(await guess() == "wrong_password") }
    }

    @Test func `of 50 wrong guesses at once, five are looked at`() async throws {
        let guesses = await withTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { await guess() } }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(guesses == ["wrong_password": 5, "throttled 1": 45])
    }

    @Test func `right passwords in parallel all get in: nobody failed`() async throws {
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

    @Test func `an attempt that was killed counts as a failure when it is clear that it was`() async throws {
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

    @Test func `the table holds neither names nor addresses, and is emptied of what is past`() async throws {
        _ = await guess("siti", from: "203.0.113.7")
        let dump = try await world.dump()
        #expect(!dump.contains("203.0.113.7"))
        #expect(try await world.count("SELECT count(*) FROM throttle") == 2)
        world.advance(by: .days(1))
        _ = await guess("other", from: "198.51.100.1")
        #expect(try await world.count("SELECT count(*) FROM throttle") == 2)
    }
    @Test func `after the clock was set back, the right password waits for no more than its failures`() async throws {
        for days in [1, 365] as [Int64] {
            for failures in [5, 12] {
                world.advance(by: .days(days))
                for _ in 0..<failures {
                    while await guess() != "wrong_password" { world.advance(milliseconds: 1000) }
                }
                world.advance(by: .days(-days))
                let error = await expectError(.throttled) { try await world.logIn("siti") }
                let wait = try #require(error?.retryAfter)
                #expect(wait == (failures == 5 ? 1 : 128))
                // It does not begin again with each attempt.
                world.advance(milliseconds: Int64(wait) * 1000)
                _ = try await world.logIn("siti")
            }
        }
    }

    @Test func `a full address of a clock that was ahead is free after five minutes`() async throws {
        world.advance(by: .days(365))
        for number in 0..<100 { _ = await guess("name\(number)", from: "203.0.113.7") }
        world.advance(by: .days(-365))
        #expect(await guess("another", from: "203.0.113.7") == "throttled 300")
        world.advance(milliseconds: 120_000)
        #expect(await guess("another", from: "203.0.113.7") == "throttled 180")
        world.advance(milliseconds: 180_000)
        _ = try await world.logIn("siti", from: "203.0.113.7")
    }

    @Test func `attempts that were killed while the clock was ahead count as failures half a minute later`() async throws {
        _ = await guess()
        let ahead = world.now.milliseconds + 31_536_000_000
        try await world.plant(
            "UPDATE throttle SET failures = 4, pending = 1, since = \(ahead) WHERE blocked_until > 0")
        world.advance(milliseconds: -1)
        await expectError(.busy) { try await world.logIn("siti") }
        world.advance(milliseconds: 30_001)
        #expect(await guess() == "wrong_password")
    }

    @Test(arguments: [.max, .min, -1, 0, 1, .max - 1, 1 << 40] as [Int64])
    func `whatever number is planted, the right password is let in after 900 seconds at most`(number: Int64) async throws {
        let statements: [SQL] = [
            "UPDATE throttle SET failures = \(number)", "UPDATE throttle SET pending = \(number)",
            "UPDATE throttle SET since = \(number)", "UPDATE throttle SET blocked_until = \(number)",
            "UPDATE throttle SET failures = \(number), pending = \(number), since = \(number), blocked_until = \(number)",
        ]
        for statement in statements {
            _ = await guess()
            try await world.plant(statement)
            var waited: Int64 = 0
            while true {
                do {
                    _ = try await world.logIn("siti")
                    break
                } catch let error as LMSError {
                    // A killed attempt is known to be one after half a minute.
                    try #require(error.code == .throttled || error.code == .busy, "\(error)")
                    let wait = Int64(try #require(error.retryAfter))
                    #expect((1...900).contains(wait))
                    waited += error.code == .busy ? 30 : wait
                    try #require(waited <= 930, "\(statement)")
                    world.advance(milliseconds: (error.code == .busy ? 30 : wait) * 1000)
                }
            }
        }
    }

    @Test func `a registration's window that begins later than now is one that begins now`() async throws {
        let service = world.service(address: "203.0.113.7", via: .http)
        world.advance(by: .days(300))
        try await world.plant("DELETE FROM throttle")
        let policy = RegisterUser(username: Username("."), password: Password("x"), role: .student)
        for _ in 0..<100 { await expectError(.invalid) { try await service.perform(policy) } }
        world.advance(by: .days(-300))
        let error = await expectError(.throttled) { try await service.perform(policy) }
        #expect(error?.retryAfter == 300)
        world.advance(milliseconds: 300_000)
        await expectError(.invalid) { try await service.perform(policy) }
    }
}
