import Foundation
import LMSCore
import LMSDatabase
import LMSTestSupport
import LMSText
import Testing

@testable import LMSHTTP

/// A database that does nothing but fail.
private struct FailingDatabase: Database {
    let error: DatabaseError

    func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T { throw error }

    func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T { throw error }
}

/// What a server does not tell.
@Suite struct InternalErrorTests {
    private static let secret = "SELECT lms_x FROM users at /srv/school/lms.db:42"
    private static let kinds: [(DatabaseError.Kind, Int, String)] = [
        (.internal, 500, "internal"), (.checkViolation, 500, "internal"),
        (.foreignKeyViolation, 500, "internal"),
        (.busy, 503, "busy"), (.diskFull, 503, "io"), (.readOnlyFile, 503, "io"), (.damaged, 503, "io"),
        (.foreignDatabase, 503, "io"), (.schemaTooNew, 503, "io"), (.fileInaccessible, 503, "io"),
        (.databaseNotFound, 503, "io"), (.noTables, 503, "io"), (.malformedURL, 503, "io"), (.fileNotFound, 503, "io"),
    ]

    @Test(arguments: kinds)
    func `500 and 503 have a request id, and nothing of what went wrong`(kind: DatabaseError.Kind, status: Int, code: String)
        async throws
    {
        let world = try World()
        let token = try await world.teacher().token
        let database = FailingDatabase(error: DatabaseError(kind, Self.secret))
        try await withServer(world, database: database) { server in
            for request in [
                RawRequest("GET", "/course", token: token),
                RawRequest("POST", "/course", token: token, json: #"{"title":"x"}"#),
                RawRequest("POST", "/auth/login", json: #"{"username":"guru","password":"x"}"#),
                RawRequest("GET", "/readyz"),
            ] {
                let answer = try await server.send(request)
                #expect(answer.status == status && answer.code == code, "\(answer.text)")
                for word in ["SELECT", "users", "srv", ".db", "lms_", "locked", "SQL", "Error("] {
                    #expect(!answer.text.contains(word), "\(answer.text)")
                }
                #expect(try answer.string("request_id") == answer["X-Request-Id"])
                #expect((answer["Retry-After"] != nil) == (status == 503))
            }
            #expect(try await server.get("/healthz").status == 200)
        }
    }

    @Test func `the log has the request id and the reason, and no secret of anybody's`() async throws {
        let world = try World()
        let person = try await world.teacher()
        try await withTemporaryFolder { folder in
            try folder.write([], to: "log")
            let descriptor = open(folder.path("log"), O_WRONLY | O_APPEND)
            defer { close(descriptor) }
            let database = InterruptedDatabase(
                world.database, beforeWrite: 1, run: "INSERT INTO nowhere VALUES (1)")
            let id = try await withServer(world, database: database, logDescriptor: descriptor) { server in
                let failed = try await server.post("/course", person.token, #"{"title":"x"}"#)
                #expect(failed.status >= 500)
                _ = try await server.get("/course?token=\(person.token.secret)", person.token)
                _ = try await server.get("/course/\(person.token.secret)", person.token)
                _ = try await server.post(
                    "/auth/login", nil, #"{"username":"guru","password":"\#(World.password)"}"#)
                return try failed.string("request_id")
            }
            let text = String(decoding: try folder.bytes(of: "log"), as: UTF8.self)
            // The libraries below have their say about a server that is cancelled.
            let lines = text.split(separator: "\n").filter { !$0.contains(#""message":"#) }
            #expect(lines.count == 4, "\(text)")
            let failure = try #require(lines.first { $0.contains(id) })
            #expect(failure.contains("nowhere"))
            #expect(!text.contains(person.token.secret) && !text.contains(World.password))
            for line in lines {
                let entry = try JSONValue(Array(line.utf8))
                for key in ["method", "path", "status", "ms", "request"] { #expect(entry[key] != nil) }
            }
        }
    }
}
