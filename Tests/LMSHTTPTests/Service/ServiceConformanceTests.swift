import LMSCore
import LMSDatabase
import LMSTestSupport
import Testing

@testable import LMSHTTP

/// A server does what a database does.
@Suite struct ServiceConformanceTests {
    @Test func `the same scenario has the same answers and errors, byte for byte`() async throws {
        let local = try await playLocally()
        let world = try World()
        let remote = try await withServer(world) { server in
            let play = Play(world) { server.remote($0, isDryRun: $1) }
            try await Scenario.play(play)
            return play.lines
        }
        expectSame(local.lines, remote)
    }

    @Test func `what is sent are the answers themselves, and they fit their descriptions`() async throws {
        let local = try await playLocally()
        let world = try World()
        let record = RawService.Record()
        let lines = try await withServer(world) { server in
            let play = Play(world) {
                RawService(server: server, token: $0, isDryRun: $1, record: record)
            }
            try await Scenario.play(play)
            return play.lines
        }
        expectSame(local.lines, lines)
        let document = try OpenAPIDocument()
        var seen: Set<String> = []
        for (line, entry) in zip(local.lines, record.entries) {
            seen.insert(entry.route.testDescription)
            #expect(try document.problems(with: entry) == [], "\(line)")
            guard entry.answer.status < 300 else { continue }
            let body = Play.withoutSecrets(entry.answer.text)
            #expect(line.hasSuffix(": \(body)"))
        }
        let expected = Set(Routes.all.filter { !$0.isDeprecated }.map(\.testDescription))
        #expect(expected.subtracting(seen).sorted() == [], "routes that the scenario does not take")
    }

    @Test func `the two worlds are left alike`() async throws {
        let local = try await playLocally()
        let world = try World()
        try await withServer(world) { server in
            try await Scenario.play(Play(world) { server.remote($0, isDryRun: $1) })
        }
        for statement in Self.statements {
            #expect(try await rows(statement, local.world) == rows(statement, world))
        }
    }

    @Test func `the scenario has every use case of the core, and every code that they throw`() async throws {
        let play = try await playLocally()
        #expect(try Right.useCasesOfTheCore().subtracting(play.useCases).sorted() == [])
        let codes: Set<LMSError.Code> = [
            .malformed, .invalid, .tooLarge, .notFound, .conflict, .throttled, .wrongPassword, .denied,
            .notSignedIn,
        ]
        #expect(codes.subtracting(play.codes).map(\.rawValue).sorted() == [])
    }

    private func playLocally() async throws -> Play {
        let world = try World()
        // The log says through which surface somebody came: the same one here and there.
        let play = Play(world) { world.service($0, via: .http, isDryRun: $1) }
        try await Scenario.play(play)
        return play
    }

    private func expectSame(_ local: [String], _ remote: [String]) {
        #expect(local.count == remote.count)
        for (here, there) in zip(local, remote) {
            #expect(here.utf8.elementsEqual(there.utf8), "\n  here  \(here)\n  there \(there)")
        }
    }

    /// Everything that has no secret in it. The log says through which surface somebody came.
    private static let statements: [SQL] = [
        "SELECT id, username, role, created_at FROM users ORDER BY id",
        "SELECT * FROM course ORDER BY id", "SELECT * FROM material ORDER BY id",
        "SELECT * FROM enrollment ORDER BY id", "SELECT * FROM co_teacher ORDER BY course_id, user_id",
        "SELECT course_id, is_awake, is_disabled, expires_at, use_limit, uses FROM course_key ORDER BY course_id",
        "SELECT \(World.dialect.fullText.id) AS id, heading, body FROM course_search ORDER BY 1",
        "SELECT \(World.dialect.fullText.id) AS id, heading, body FROM material_search ORDER BY 1",
        "SELECT id, user_id, label, created_at, expires_at, last_used_at FROM login_session ORDER BY id",
        "SELECT id, at, actor, action, course, owner_id, subject FROM audit ORDER BY id",
        "SELECT id, at, actor, action, subject FROM account_audit ORDER BY id",
    ]

    private func rows(_ sql: SQL, _ world: World) async throws -> [String] {
        try await world.database.read { connection in
            try connection.rows(sql).map { "\($0)" }
        }
    }
}
