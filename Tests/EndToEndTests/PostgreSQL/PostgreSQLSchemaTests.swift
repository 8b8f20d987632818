#if PostgreSQL
    import LMSCore
    import LMSDatabase
    import LMSTestSupport
    import Testing

    extension PostgreSQLTests {
        /// Who changes the tables, and what they answer with.
        @Suite struct SchemaChanges {}
    }

    extension PostgreSQLTests.SchemaChanges {
        @Test func `an older schema is refused until it is brought up to date`() throws {
            let scene = try ProgramScene()
            let older = Schema(
                applicationID: Schema.lms.applicationID, migrations: Array(Schema.lms.migrations.dropLast()))
            let url = try PostgreSQLTrial.makeURL(schema: older)
            let version = "SELECT version FROM schema_version"
            expectRefused(
                try scene.run(scene.launch(["user", "list"], database: url)), 74, "lms db migrate")
            #expect(try scene.psql(version, on: url) == "\(older.version)")
            #expect(try scene.run(scene.launch(["db", "migrate", "-n"], database: url)).status == 0)
            #expect(try scene.psql(version, on: url) == "\(older.version)")
            for _ in 0..<2 {
                #expect(try scene.run(scene.launch(["db", "migrate"], database: url)).status == 0)
                #expect(try scene.psql(version, on: url) == "\(Schema.lms.version)")
            }
            #expect(try scene.run(scene.launch(["user", "list"], database: url)).status == 0)
        }

        /// Lists of what belongs to somebody, by id, a page at a time.
        @Test(arguments: [
            "SELECT * FROM audit WHERE owner_id = 1 AND id < 1000 AND at >= 0 ORDER BY id DESC LIMIT 51",
            "SELECT * FROM audit WHERE course_id = 1 AND id < 1000 AND at >= 0 ORDER BY id DESC LIMIT 51",
            "SELECT * FROM course WHERE teacher_id = 1 AND id > 10 ORDER BY id LIMIT 51",
            "SELECT * FROM login_session WHERE user_id = 1 AND id > 10 ORDER BY id LIMIT 51",
            "SELECT * FROM enrollment WHERE student_id = 1 AND course_id > 10 ORDER BY course_id LIMIT 51",
            "SELECT * FROM material WHERE course_id = 1 AND position > 10 ORDER BY position LIMIT 51",
        ])
        func `a list is read from its index`(_ list: String) throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeURL(schema: .lms)
            // Without rows, a look at the whole table would seem cheapest.
            let plan = try scene.psql("SET enable_seqscan = off; EXPLAIN \(list)", on: url)
            #expect(plan.contains("Index Cond: ((") && !plan.contains("Sort"), "\(plan)")
        }
    }
#endif
