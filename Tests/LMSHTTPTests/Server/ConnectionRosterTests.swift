import LMSCore
import LMSTestSupport
import Synchronization
import Testing

@testable import LMSHTTP

/// Who makes room when there are too many connections.
@Suite struct ConnectionRosterTests {
    private final class Names: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock { $0 } }
        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    private let gone = Names()

    private func join(
        _ roster: ConnectionRoster, _ name: String, _ address: String,
        _ phase: ConnectionRoster.Phase = .idle
    ) -> ConnectionRoster.Entry {
        let entry = ConnectionRoster.Entry(address: address) { [gone] _ in gone.add(name) }
        roster.join(entry)
        entry.become(phase)
        return entry
    }

    @Test func `the longest idle one, at the address that has most`() {
        let roster = ConnectionRoster(limit: 4)
        let kept = [
            join(roster, "old", "b"), join(roster, "a1", "a"), join(roster, "a2", "a"),
            join(roster, "a3", "a"),
        ]
        #expect(gone.all == [])
        let next = [join(roster, "c", "c"), join(roster, "d", "d")]
        #expect(gone.all == ["a1", "a2"])
        withExtendedLifetime((kept, next)) {}
    }

    @Test func `never one with a request in flight; before others, one that has sent no whole request`() {
        let roster = ConnectionRoster(limit: 3)
        let all = [
            join(roster, "working", "a", .working), join(roster, "stalled", "a", .stalled),
            join(roster, "headers", "a", .headers),
        ]
        let more = [
            join(roster, "b1", "b", .working), join(roster, "b2", "b", .working),
        ]
        // The second of b is no worse off than a with one left.
        #expect(gone.all == ["headers"])
        withExtendedLifetime((all, more)) {}
    }

    @Test func `one whose client stalls goes for an address that has fewer`() {
        let roster = ConnectionRoster(limit: 3)
        let all = (1...3).map { join(roster, "a\($0)", "a", .stalled) }
        let next = join(roster, "b1", "b", .working)
        #expect(gone.all == ["a1"])
        withExtendedLifetime((all, next)) {}
    }

    @Test func `an address that has few keeps its idle one beside one that has many`() {
        let roster = ConnectionRoster(limit: 9)
        let busy = (1...8).map { join(roster, "a\($0)", "a", .working) }
        let idle = join(roster, "b", "b")
        let next = join(roster, "a9", "a")
        #expect(gone.all == ["a9"])
        withExtendedLifetime((busy, idle, next)) {}
    }

    @Test func `where one address has all, and all are busy, its next one goes, so that others get through`() {
        let roster = ConnectionRoster(limit: 8)
        let busy = (1...8).map { join(roster, "a\($0)", "a", .working) }
        let next = join(roster, "a9", "a")
        #expect(gone.all == ["a9"])
        roster.leave(next)
        let other = join(roster, "b", "b", .working)
        #expect(gone.all == ["a9"])
        withExtendedLifetime((busy, other)) {}
    }

    @Test func `an address that has more goes first, whatever its connections do not do`() {
        let roster = ConnectionRoster(limit: 4)
        let all = [
            join(roster, "b", "b"), join(roster, "a1", "a", .headers), join(roster, "a2", "a", .stalled),
            join(roster, "a3", "a", .working),
        ]
        let next = [join(roster, "c", "c", .working), join(roster, "d", "d", .working)]
        #expect(gone.all == ["a1", "a2"])
        withExtendedLifetime((all, next)) {}
    }

    @Test func `whoever is in the midst of something when asked stays, and the next one goes`() {
        let roster = ConnectionRoster(limit: 2)
        let all = [join(roster, "a1", "a"), join(roster, "a2", "a")]
        let next = join(roster, "b", "b")
        #expect(gone.all == ["a1"])
        all[0].become(.working)
        roster.keep(all[0])
        roster.makeRoom()
        #expect(gone.all == ["a1", "a2"])
        roster.leave(all[1])
        roster.makeRoom()
        #expect(gone.all == ["a1", "a2"] && roster.count == 2)
        withExtendedLifetime(next) {}
    }

    // MARK: - Over the wire

    private func options(_ connections: Int) -> ServerOptions {
        var options = ServerOptions.test
        options.limits.connections = connections
        return options
    }

    @Test func `bodies that nobody wants keep nobody out`() async throws {
        try await withServer(World(), options(20)) { server in
            var crowd: [RawConnection] = []
            for _ in 0..<40 {
                let connection = try RawConnection(port: server.port)
                await connection.send(
                    RawRequest("POST", "/apply").adding("Content-Length", "60000000")
                        .adding("Content-Type", "application/json").head + "      ")
                crowd.append(connection)
            }
            let start = ContinuousClock.now
            let elsewhere = try RawConnection(port: server.port, from: 2)
            await elsewhere.send(RawRequest("GET", "/healthz").bytes)
            #expect(try await elsewhere.receive().status == 200)
            // Before any of them has stalled.
            #expect(ContinuousClock.now - start < .seconds(2))
            withExtendedLifetime(crowd) {}
        }
    }

    @Test func `idle connections keep nobody out, of another address or the same`() async throws {
        try await withServer(World(), options(20)) { server in
            var crowd: [RawConnection] = []
            for number in 0..<60 {
                let connection = try RawConnection(port: server.port)
                if number % 2 == 0 { await connection.send("GET /hea") }
                crowd.append(connection)
            }
            #expect(try await server.get("/healthz").status == 200)
            let elsewhere = try RawConnection(port: server.port, from: 2)
            await elsewhere.send(RawRequest("GET", "/healthz").bytes)
            #expect(try await elsewhere.receive().status == 200)
            withExtendedLifetime(crowd) {}
        }
    }

    @Test func `a request in flight is answered, whoever comes meanwhile`() async throws {
        let world = try World()
        let token = try await world.teacher().token
        try await withServer(world, options(4)) { server in
            let body = #"{"title":"Slowly sent"}"#
            let slow = try RawConnection(port: server.port)
            await slow.send(RawRequest("POST", "/course", token: token, json: body).head + "{")
            var crowd: [RawConnection] = []
            for _ in 0..<20 { crowd.append(try RawConnection(port: server.port)) }
            #expect(try await server.get("/healthz").status == 200)
            await slow.send(String(body.dropFirst()))
            #expect(try await slow.receive().status == 201)
            withExtendedLifetime(crowd) {}
        }
    }
}
