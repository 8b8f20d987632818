import LMSText

#if PostgreSQL
    import Foundation
    import LMSCore
    import LMSTestSupport
    import Testing

    extension PostgreSQLTests {
        /// `lms db copy` from a file into PostgreSQL, and back.
        @Suite struct Copy {}
    }

    extension PostgreSQLTests.Copy {
        /// What `lms db export` writes of a database, by the files' names.
        private func export(_ database: String, _ scene: ProgramScene) throws -> [String: [UInt8]] {
            let folder = scene.path("export-\(UUID().uuidString)")
            let outcome = try scene.run(scene.launch(["db", "export", folder], database: database))
            try #require(outcome.status == 0, "\(outcome)")
            return try Dictionary(
                uniqueKeysWithValues: scene.names(in: folder).map {
                    ($0, try scene.bytes(of: "\(folder)/\($0)"))
                })
        }

        private func copy(_ database: String, to other: String, _ scene: ProgramScene) throws -> Outcome {
            try scene.run(scene.launch(["db", "copy", "--to", other], database: database))
        }

        @Test func `there and back nothing is lost`() throws {
            let (scene, token) = try ProgramScene.withTeacher()
            let folder = try scene.school(named: "school", students: 40, courses: 30)
            #expect(try scene.lms("db", "import", folder).status == 0)
            // The last ids that were given out are gone.
            try scene.lms("course", "create", "Gone", "--code", "GONE", token: token)
            #expect(try scene.lms("course", "delete", "GONE", "--yes", token: token).status == 0)
            let url = try PostgreSQLTrial.makeEmpty()
            let back = scene.path("back.db")

            let there = try copy(scene.database, to: url, scene)
            #expect(there.status == 0 && there.output == "2\t40\t30\t150\t90\t1\t32\t2\t0\t0\n", "\(there)")
            let returned = try copy(url, to: back, scene)
            #expect(returned.status == 0 && returned.output == there.output, "\(returned)")
            let exports = try [scene.database, url, back].map { try export($0, scene) }
            #expect(exports[0].count == 5 && exports[0] == exports[1] && exports[0] == exports[2])
            for table in [
                "users", "former_username", "course", "co_teacher", "course_key", "enrollment", "material", "login_session",
                "token_course", "audit", "account_audit", "setting", "school_zone",
            ] {
                let rows = "SELECT * FROM \(table) ORDER BY 1"
                #expect(try scene.sql(rows, in: back) == scene.sql(rows), "\(table)")
            }
            for database in [scene.database, url, back] {
                func run(_ words: String...) throws -> Outcome {
                    try scene.run(scene.launch(words, database: database, token: token))
                }
                #expect(try run("db", "check").status == 0)
                // Sessions live on, search finds the same, ids go on.
                #expect(try run("course", "list", "--all", "--search", "elan", "-q").lines.count == 30)
                #expect(try run("course", "create", "New", "-q").word == "32")
            }
        }

        @Test func `only into a database that is empty`() throws {
            let (scene, _) = try ProgramScene.withTeacher()
            let url = try PostgreSQLTrial.makeURL(schema: .lms)
            try scene.register("dewi", role: "teacher", database: url)
            expectRefused(try copy(scene.database, to: url, scene), 73, "has data already")
            #expect(try scene.psql("SELECT username FROM users", on: url) == "dewi")
        }

        @Test func `a killed copy leaves nothing`() throws {
            let scene = try ProgramScene()
            let folder = try scene.school(named: "school", students: 3000, courses: 500)
            #expect(try scene.lms("db", "import", folder).status == 0)
            let usual = try copy(scene.database, to: PostgreSQLTrial.makeEmpty(), scene).duration
            var moments = KillMoments(usual: usual, seed: 5)
            // As many as it takes: other tests change the pace.
            for number in 0..<40 where number < 8 || moments.killed <= 2 {
                let url = try PostgreSQLTrial.makeURL(schema: .lms)
                let process = try scene.start(
                    scene.launch(["db", "copy", "--to", url], database: scene.database))
                let end = process.end(after: moments.next())
                let rows = try scene.psql(
                    "SELECT (SELECT count(*) FROM users) || ' ' || (SELECT count(*) FROM material)", on: url)
                #expect(["0 0", "3001 1500"].contains(rows), "half of it: \(rows)")
                moments.note(end, isDone: rows != "0 0")
                guard rows == "0 0", end.signal == SIGKILL else { continue }
                // No repair is needed, once PostgreSQL has seen that nobody is there.
                let again = try copy(scene.database, to: url, scene)
                #expect(again.status == 0 || again.errors.contains("has data already"), "\(again)")
                #expect(try scene.psql("SELECT count(*) FROM users", on: url) == "3001")
            }
            #expect(moments.killed > 2, "too few to tell: \(moments)")
        }
    }
#endif
