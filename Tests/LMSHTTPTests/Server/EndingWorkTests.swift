import LMSCore
import LMSDatabase
import LMSTestSupport
import Synchronization
import Testing

@testable import LMSHTTP

/// A database whose reads take until they are cancelled, once it is told so.
private struct EndlessDatabase: Database {
    let base: any Database
    let state = State()

    final class State: Sendable {
        private let value = Mutex((isEndless: false, begun: 0, ended: 0))
        var isEndless: Bool { value.withLock { $0.isEndless } }
        var begun: Int { value.withLock { $0.begun } }
        var ended: Int { value.withLock { $0.ended } }
        func makeEndless() { value.withLock { $0.isEndless = true } }
        func begin() { value.withLock { $0.begun += 1 } }
        func end() { value.withLock { $0.ended += 1 } }
    }

    func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T {
        let result = try await base.read(body)
        // Sessions are looked up as ever.
        guard state.isEndless, "\(T.self)".contains("SearchHit") else { return result }
        state.begin()
        defer { state.end() }
        try await Task.sleep(for: .seconds(600))
        return result
    }

    func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T { try await base.write(mode, body) }
}

/// Work ends with its time, and with its client.
@Suite struct EndingWorkTests {
    private func withEndlessSearch(
        within seconds: Int? = nil,
        _ body: (RunningServer, Person, EndlessDatabase.State) async throws -> Void
    ) async throws {
        let world = try World()
        let person = try await world.teacher()
        let database = EndlessDatabase(base: world.database)
        database.state.makeEndless()
        var options = ServerOptions.test
        if let seconds { options.limits.search = seconds }
        try await withServer(world, options, database: database) { server in
            try await body(server, person, database.state)
        }
    }

    private func wait(until condition: () -> Bool) async throws {
        for _ in 0..<3000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
        try #require(condition())
    }

    @Test func `a search that takes too long is 503`() async throws {
        try await withEndlessSearch(within: 1) { server, person, state in
            let answer = try await server.get("/search?q=cell", person.token)
            expectProblem(.busy, answer)
            #expect(answer["Retry-After"] != nil)
            #expect(state.begun == state.ended)
        }
    }

    @Test func `whoever closes the connection leaves no work behind`() async throws {
        try await withEndlessSearch { server, person, state in
            var connection: RawConnection? = try RawConnection(port: server.port)
            await connection?.send(RawRequest("GET", "/search?q=cell", token: person.token).bytes)
            try await wait { state.begun > 0 }
            connection = nil
            try await wait { state.ended == state.begun }
            #expect(try await server.get("/healthz").status == 200)
        }
    }

    @Test(arguments: ["", "/healthz", "/course", "/search?q=cell", "POST"])
    func `a server that has stopped holds nothing`(request: String) async throws {
        weak var database: CountedDatabase?
        do {
            let world = try World()
            let person = try await world.teacher()
            let held = CountedDatabase(world.database)
            database = held
            try await withServer(world, database: held) { server in
                if request == "POST" {
                    _ = try await server.post("/course", person.token, #"{"title":"Biology"}"#)
                } else if !request.isEmpty {
                    _ = try await server.get(request, person.token)
                }
            }
        }
        try await wait { database == nil }
    }

    @Test func `slow searches do not keep others waiting`() async throws {
        try await withEndlessSearch(within: 5) { server, person, state in
            var searches: [RawConnection] = []
            for _ in 0..<30 {
                let connection = try RawConnection(port: server.port)
                await connection.send(RawRequest("GET", "/search?q=cell", token: person.token).bytes)
                searches.append(connection)
            }
            try await wait { state.begun > 0 }
            let start = ContinuousClock.now
            #expect(try await server.get("/healthz").status == 200)
            #expect(ContinuousClock.now - start < .seconds(1))
            withExtendedLifetime(searches) {}
        }
    }
}
