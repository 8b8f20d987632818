import Foundation
import LMSTestSupport
import Testing

extension Robustness {
    @Suite struct Migration {}
}

/// Databases of earlier schemas on their way to this one's. `make torture` kills each fifty times.
extension Robustness.Migration {
    /// A database as an earlier program left it, with some materials more.
    private static func released(_ path: String, _ scene: ProgramScene) throws {
        try scene.sql(try SourceTree.text(of: path))
        let version = try scene.sql("PRAGMA user_version")
        // From the third on, the search is kept in step.
        let search =
            version >= "3"
            ? "INSERT INTO material_search (rowid, heading, body) SELECT id, lower(title), lower(description) "
                + "FROM material WHERE title LIKE 'Bab %';"
            : ""
        try scene.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO material (course_id, description, title, position)
                SELECT 1, 'sel dan gen nomor ' || i, 'Bab ' || i,
                    i + (SELECT max(position) FROM material WHERE course_id = 1) FROM n;
            \(search)
            """)
        try scene.fold()
        chmod(scene.database, 0o600)
    }

    private static let tables =
        "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    private static let texts = "SELECT id, title, description FROM material ORDER BY id"

    @Test(arguments: ReleasedSchemaTests.schemas)
    func `a killed migration is the old schema or the new one`(_ schema: String) throws {
        let scene = try ProgramScene()
        try Self.released(schema, scene)
        let original = try scene.bytes(of: scene.database)
        let (old, texts) = (try scene.sql(Self.tables), try scene.sql(Self.texts))
        let whole = try scene.lms("db", "migrate")
        #expect(whole.status == 0, "\(whole)")
        let new = try scene.sql(Self.tables)
        for number in 1...6 {
            for suffix in ["-wal", "-shm"] { unlink(scene.database + suffix) }
            try scene.write(original, to: scene.database)
            let process = try scene.start(scene.launch(["db", "migrate"], database: scene.database))
            let outcome = process.end(after: whole.duration * Double(number) / 6)
            let found = try scene.sql(Self.tables)
            #expect(found == new || outcome.signal == SIGKILL && found == old, "\(outcome)")
            let versions = try scene.sql(
                "SELECT (SELECT version FROM schema_version) = (SELECT user_version FROM pragma_user_version)"
            )
            #expect(versions == "1")
            #expect(try scene.sql("PRAGMA integrity_check") == "ok")
            // Nobody has to mend anything.
            #expect(try scene.lms("db", "migrate").status == 0)
            #expect(try scene.sql(Self.tables) == new)
            #expect(try scene.sql(Self.texts) == texts)
            #expect(try scene.lms("db", "check").status == 0)
        }
    }

    @Test(arguments: ReleasedSchemaTests.schemas)
    func `programs that meet an old database together make one new one`(_ schema: String) throws {
        let scene = try ProgramScene()
        try Self.released(schema, scene)
        let programs = try [["db", "migrate"], ["db", "migrate"], ["user", "list"], ["db", "stats"]].map {
            try scene.start(scene.launch($0, database: scene.database))
        }
        for outcome in programs.map({ $0.wait() }) { #expect(outcome.status == 0, "\(outcome)") }
        #expect(try scene.sql("SELECT count(*) FROM schema_version") == "1")
        #expect(try scene.lms("db", "check").status == 0)
    }
}
