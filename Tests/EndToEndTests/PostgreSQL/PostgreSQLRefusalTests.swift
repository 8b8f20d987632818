#if PostgreSQL
    import LMSCore
    import LMSTestSupport
    import Testing

    extension PostgreSQLTests {
        /// What users read where PostgreSQL does not do what they want.
        @Suite struct Refusals {}
    }

    extension PostgreSQLTests.Refusals {
        /// What is wrong with the URL, the exit status, and a word of what to do.
        private static let mistakes: [(wrong: String, status: Int32, hint: String)] = [
            ("user=lms&user=nobody", 74, "PGPASSFILE"),
            ("user=lms&dbname=elsewhere", 66, "createdb"),
            ("options=-csearch_path%3Delsewhere", 66, "lms db migrate"),
            ("user=lms&host=/nowhere", 69, "running"),
            ("user=lms&sslmode=sometimes", 64, "USER@HOST"),
            ("user=lms&colour=blue", 64, "USER@HOST"),
            ("user=lms&host=127.0.0.1&port=x", 64, "USER@HOST"),
        ]

        @Test(arguments: mistakes)
        func `a slip in the URL is told`(_ mistake: (wrong: String, status: Int32, hint: String)) throws {
            let cluster = try #require(PostgreSQLTrial.cluster)
            let scene = try ProgramScene()
            let token = "lms_" + String(repeating: "a", count: 43)
            for words in [["user", "list"], ["course", "list"]] {
                let outcome = try scene.run(
                    scene.launch(words, database: cluster + "&" + mistake.wrong, token: token))
                expectRefused(outcome, mistake.status, mistake.hint)
                #expect(outcome.duration < 10)
            }
        }

        @Test func `a replica takes no writes`() throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeURL(schema: .lms)
            try scene.register("ani", role: "teacher", database: url)
            let replica = url + "%20-cdefault_transaction_read_only%3Don"
            #expect(try scene.run(scene.launch(["user", "list"], database: replica)).status == 0)
            expectRefused(
                try scene.run(scene.launch(["user", "disable", "ani"], database: replica)), 74, "primary")
        }

        /// As on PostgreSQL 15, where only its owner may make tables in a new database.
        @Test(arguments: [true, false])
        func `a user who may not is told so`(mayLook: Bool) throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeEmpty()
            let role = "guest\(UInt32.random(in: 0 ... .max))"
            _ = try scene.psql("CREATE ROLE \(role) LOGIN", on: url)
            defer { _ = try? scene.psql("DROP OWNED BY \(role); DROP ROLE \(role)", on: url) }
            if mayLook {
                let schema = try scene.psql("SELECT current_schema()", on: url)
                _ = try scene.psql("GRANT USAGE ON SCHEMA \(schema) TO \(role)", on: url)
            }
            let guest = url.replacing("user=lms", with: "user=\(role)")
            expectRefused(
                try scene.run(scene.launch(["db", "migrate"], database: guest)), 74, "the owner")
        }

        /// A role that has too many connections is not one that may not come in: it can be tried again.
        @Test func `too many connections pass`() throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeEmpty()
            let role = "busy\(UInt32.random(in: 0 ... .max))"
            _ = try scene.psql("CREATE ROLE \(role) LOGIN CONNECTION LIMIT 0", on: url)
            defer { _ = try? scene.psql("DROP ROLE \(role)", on: url) }
            let full = url.replacing("user=lms", with: "user=\(role)")
            expectRefused(try scene.run(scene.launch(["user", "list"], database: full)), 69, "try again")
        }

        @Test(arguments: [["db", "init"], ["db", "backup", "x.db"], ["db", "restore", "x.db", "--yes"]])
        func `what only files have is refused`(_ words: [String]) throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeURL(schema: .lms)
            let tool =
                ["init": "lms db migrate", "backup": "pg_dump", "restore": "pg_restore"][words[1]] ?? ""
            let outcome = try scene.run(scene.launch(words, database: url))
            #expect(outcome.status == 64 && outcome.errors.contains("\nUse: \(tool)"), "\(outcome)")
        }

        @Test func `a password is never shown and never kept`() throws {
            let scene = try ProgramScene()
            let url = try PostgreSQLTrial.makeURL(schema: .lms) + "&password=sangat%20rahasia"
            let login = try scene.run(
                scene.launch(
                    ["register", "ani", "--role", "teacher", "--password-stdin", "--login"], database: url,
                    input: ProgramScene.password))
            #expect(login.status == 0, "\(login)")
            let session = try String(decoding: scene.bytes(of: scene.home + "/.lms_session"), as: UTF8.self)
            let shown = try ["whoami", "target list", "db check", "db path", "db init"].map { words in
                try scene.run(
                    scene.launch(words.split(separator: " ").map(String.init), database: url)
                ).description
            }
            for text in [session] + shown {
                #expect(text.contains("postgresql:///") && !text.contains("rahasia"), "\(text)")
            }
        }
    }
#endif
