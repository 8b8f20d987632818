import LMSTestSupport
import LMSText
import Testing

@testable import LMSCore
@testable import LMSDatabase

/// A program of 0.1.0 that has a database open while a newer one brings it up to date. It looked at the schema as it opened it, and
/// does not look again: it must find nobody, for it would take every token for a full one.
@Suite struct OlderProgramTests {
    /// What 0.1.0 asks for each token, for each use of it, and as somebody signs in.
    private static let statements: [SQL] = [
        """
        SELECT session.id, session.user_id, users.username, users.role, session.expires_at, session.last_used_at
        FROM session JOIN users ON users.id = session.user_id
        WHERE session.token_hash = x'00' AND users.disabled_at IS NULL AND session.expires_at > 0
            AND (session.idle_limit IS NULL OR session.last_used_at + session.idle_limit > 0)
        """,
        "UPDATE session SET last_used_at = 7 WHERE id = 1",
        """
        INSERT INTO session (user_id, token_hash, label, created_at, expires_at, last_used_at, idle_limit)
        VALUES (1, x'01', 'login', 1, 2, 1, NULL) RETURNING id
        """,
    ]

    @Test func `finds no session, and makes none, from the moment on that the database is of schema 7`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.path("school.db")
            let released = Schema(
                applicationID: Schema.lms.applicationID, migrations: Schema.lms.migrations.filter { $0.version <= 5 })
            #expect(try SQLiteDatabase.create(path: path, schema: released))
            let older = try SQLiteDatabase(path)
            try older.transaction("BEGIN IMMEDIATE", ending: "COMMIT") { connection in
                _ = try connection.execute(
                    "INSERT INTO users (username, role, created_at) VALUES ('ani', 'teacher', 1)")
                _ = try connection.execute(
                    """
                    INSERT INTO session (user_id, token_hash, label, created_at, expires_at, last_used_at, idle_limit)
                    VALUES (1, x'00', 'login', 1, 2000000000, 1, NULL)
                    """)
            }
            #expect(try rows(of: Self.statements[0], on: older) == 1)

            let newer = try SQLiteDatabase.open(path: path, schema: .lms)
            for statement in Self.statements {
                do {
                    _ = try rows(of: statement, on: older)
                    Issue.record("0.1.0 goes on")
                } catch let error as DatabaseError {
                    #expect(error.detail.contains("no such table: session"))
                }
            }
            let sessions: Int? = try await newer.read { try $0.value("SELECT count(*) FROM login_session WHERE last_used_at = 1") }
            #expect(sessions == 1)
        }
    }

    private func rows(of statement: SQL, on database: SQLiteDatabase) throws -> Int {
        try database.transaction("BEGIN IMMEDIATE", ending: "COMMIT") { try $0.rows(statement).count }
    }
}
