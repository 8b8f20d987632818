import LMSCore
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// Shares of memory.
@Suite struct AllotmentTests {
    private let memory = Allotment(capacity: 90, patience: .milliseconds(50))

    private func holder(_ address: String, _ account: Int64? = nil) -> Holder {
        Holder(address: address, account: account.map(UserID.init))
    }

    @Test func `one alone gets two thirds, and not a byte more`() async throws {
        for _ in 0..<60 { try await memory.take(1, for: holder("a")) }
        let error = await expectError(.busy) { try await memory.take(1, for: holder("a")) }
        #expect(error?.retryAfter != nil)
        #expect(memory.inUse == 60)
    }

    @Test func `whoever comes next finds room for something small, however many take all they can`() async throws {
        let memory = Allotment(capacity: 900, reserve: 640, patience: .milliseconds(1))
        for number in 0..<20 {
            while (try? await memory.take(10, for: holder("\(number)"))) != nil {}
        }
        #expect(memory.inUse > 260)
        await expectError(.busy) { try await memory.take(50, for: holder("new")) }
        try await memory.take(10, for: holder("new"))
    }

    @Test func `an account with many addresses, and an address with many accounts, have one share`() async throws {
        for number in 0..<60 { try await memory.take(1, for: holder("\(number)", 1)) }
        await expectError(.busy) { try await memory.take(1, for: holder("60", 1)) }
        try await memory.take(1, for: holder("61", 2))
        let other = Allotment(capacity: 90, patience: .milliseconds(50))
        for number in 0..<60 { try await other.take(1, for: holder("a", Int64(number))) }
        await expectError(.busy) { try await other.take(1, for: holder("a", 0)) }
        try await other.take(1, for: holder("b", 61))
    }

    @Test func `what is given back lets those in who wait`() async throws {
        let memory = Allotment(capacity: 90, patience: .seconds(60))
        try await memory.take(60, for: holder("a"))
        let next = Task { try await memory.take(30, for: holder("a")) }
        while memory.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
        // Somebody else is not behind it.
        try await memory.take(5, for: holder("b"))
        memory.giveBack(60, for: holder("a"))
        try await next.value
        #expect(memory.inUse == 35)
        memory.giveBack(30, for: holder("a"))
        memory.giveBack(5, for: holder("b"))
        #expect(memory.inUse == 0)
    }

    @Test func `whoever is gone does not wait`() async throws {
        let memory = Allotment(capacity: 90, patience: .seconds(60))
        try await memory.take(60, for: holder("a"))
        let gone = Task { try await memory.take(30, for: holder("a")) }
        while memory.waiting == 0 { try await Task.sleep(for: .milliseconds(1)) }
        gone.cancel()
        await #expect(throws: CancellationError.self) { try await gone.value }
        #expect(memory.waiting == 0 && memory.inUse == 60)
    }
}
