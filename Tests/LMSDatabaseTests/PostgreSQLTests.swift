#if PostgreSQL
    import Foundation
    import LMSTestSupport
    import Synchronization
    import Testing

    @testable import LMSDatabase

    /// PostgreSQL.
    ///
    /// What only a server can do to its clients. Needs a cluster: make test-postgres
    @Suite(.enabled(if: PostgreSQLTrial.cluster != nil))
    struct PostgreSQLTests {
        private func open(
            _ url: String, schema: Schema = .trial, connections: Int = 4, patience: Double = 10
        ) -> PostgreSQLDatabase {
            PostgreSQLDatabase(
                url: url, name: "the school", schema: schema, connections: connections, patience: patience)
        }

        /// A database of the trial's schema, as its URL.
        private func made(_ schema: Schema = .trial) async throws -> String {
            let url = try PostgreSQLTrial.makeEmpty()
            #expect(try await migrate(url, schema))
            return url
        }

        private func migrate(_ url: String, _ schema: Schema, isDryRun: Bool = false) async throws -> Bool {
            try await PostgreSQLDatabase.migrate(
                url: url, name: "the school", schema: schema, isDryRun: isDryRun)
        }

        @Test(arguments: [WriteMode.durable(.commit), .unsynced()])
        func `writers in each other's way are all done, each once`(mode: WriteMode) async throws {
            let database = open(try await made(), connections: 8)
            try await database.run("INSERT INTO parent (name, amount) VALUES ('a', 0)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        _ = try await database.write(mode) { connection in
                            if mode.isDurable {
                                let amount: Int =
                                    try connection.value("SELECT amount FROM parent WHERE name = 'a'") ?? 0
                                try connection.execute("UPDATE parent SET amount = \(amount + 100)")
                            } else {
                                try connection.execute("UPDATE parent SET amount = amount + 100")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.count("SELECT amount FROM parent") == 2000)
        }

        @Test func `a connection says whose it is, unless the URL does`() throws {
            let url = try PostgreSQLTrial.makeEmpty()
            func shown(_ setting: String, _ url: String) throws -> String? {
                try PostgreSQLConnection(url: url).value("SELECT current_setting(\(setting))")
            }
            #expect(try shown("application_name", url) == "lms")
            #expect(try shown("application_name", url + "&application_name=nightly") == "nightly")
            #expect(try shown("statement_timeout", url) == "1min")
            #expect(try shown("lock_timeout", url) == "10s")
        }

        @Test func `who does not answer is given up once, after as long as the URL says`() async throws {
            // The kernel takes the connection, and nobody ever reads from it.
            let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            defer { close(listener) }
            try #require(listen(listener, 8) == 0)
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isNamed = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &size) == 0 }
            }
            try #require(isNamed)
            let port = UInt16(bigEndian: address.sin_port)
            let start = ContinuousClock.now
            await expectFailure(.serverUnreachable) {
                try await open("postgres://lms@127.0.0.1:\(port)/x?connect_timeout=6").names()
            }
            let waited = ContinuousClock.now - start
            #expect(.seconds(4) < waited && waited < .seconds(15), "\(waited)")
        }

        @Test func `a lost connection is replaced, for reading and for writing`() async throws {
            let url = try await made()
            let database = open(url, connections: 3)
            try await database.run("INSERT INTO parent (name) VALUES ('before')")
            let killer = KillerConnection(try PostgreSQLConnection(url: url))
            for round in 1...3 {
                // Only its own: other tests have connections to the same cluster.
                async let first = backend(of: database)
                async let second = backend(of: database)
                async let third = backend(of: database)
                for pid in try await Set([first, second, third]) { try killer.end(pid) }
                if round.isMultiple(of: 2) {
                    try await database.run("INSERT INTO parent (name) VALUES (\("round \(round)"))")
                }
                #expect(try await database.names().first == "before")
            }
            #expect(try await database.names() == ["before", "round 2"])
        }

        @Test func `a connection that is lost among rows that are gathered is replaced, and all rows come once`() async throws {
            let url = try await made()
            let database = open(url)
            let killer = KillerConnection(try PostgreSQLConnection(url: url))
            let attempts = Atomic(0)
            try await database.write { connection in
                let attempt = attempts.add(1, ordering: .sequentiallyConsistent).newValue
                let writer = try connection.writer(of: "parent", ["name"], ids: .drawn)
                for number in 1...60_000 {
                    writer.bind("pupil \(number)", at: 1)
                    _ = try writer.insert()
                    guard attempt == 1, number == 30_000 else { continue }
                    try killer.end(try connection.value("SELECT pg_backend_pid() AS pid") ?? 0)
                }
                try writer.flush()
            }
            #expect(attempts.load(ordering: .sequentiallyConsistent) == 2)
            #expect(try await database.count("SELECT count(*) FROM parent") == 60_000)
        }

        @Test func `a program that runs stops at a database that was brought up to date beyond it`() async throws {
            let url = try await made()
            let database = open(url)
            try await database.run("INSERT INTO parent (name) VALUES ('before')")
            #expect(
                try await PostgreSQLDatabase.migrate(
                    url: url, name: "trial", schema: .laterTrial(oldest: 2), isDryRun: false))
            await expectFailure(.schemaTooNew) { _ = try await database.names() }
            await expectFailure(.schemaTooNew) { try await database.run("INSERT INTO parent (name) VALUES ('after')") }
        }

        /// The server's process behind a connection of the pool.
        private func backend(of database: PostgreSQLDatabase) async throws -> Int64 {
            try await database.read { connection in
                usleep(50_000)
                return try connection.value("SELECT pg_backend_pid() AS pid") ?? 0
            }
        }

        @Test func `a lost end of a write is not said to be done, nor to be not done`() async throws {
            let url = try await made()
            let database = open(url)
            let killer = KillerConnection(try PostgreSQLConnection(url: url))
            await expectFailure(.outcomeUnknown) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO parent (name) VALUES ('a')")
                    let pid: Int64 = try connection.value("SELECT pg_backend_pid() AS pid") ?? 0
                    try killer.end(pid)
                }
            }
            #expect(try await database.names() == [])
        }

        @Test func `a statement that failed cannot be passed over`() async throws {
            let database = open(try await made())
            try await database.run("INSERT INTO parent (name) VALUES ('a')")
            await expectFailure(.internal) {
                try await database.write { connection in
                    _ = try? connection.execute("INSERT INTO parent (name) VALUES ('a')")
                }
            }
        }

        @Test func `whoever finds all connections taken waits, and is told after a while`() async throws {
            let database = open(try await made(), connections: 1, patience: 0.3)
            let isHeld = Atomic(false)
            async let long: Void = database.read { _ in
                isHeld.store(true, ordering: .sequentiallyConsistent)
                usleep(1_500_000)
            }
            while !isHeld.load(ordering: .sequentiallyConsistent) {
                try await Task.sleep(for: .milliseconds(5))
            }
            await expectFailure(.busy) { try await database.names() }
            try await long
            #expect(try await database.names() == [])
        }

        @Test func `a write that may only be idle's does not wait`() async throws {
            let database = open(try await made())
            try await database.run("INSERT INTO parent (name) VALUES ('a')")
            let isHeld = Atomic(false)
            async let holder: Int = database.write { connection in
                try connection.execute("UPDATE parent SET amount = 1")
                isHeld.store(true, ordering: .sequentiallyConsistent)
                usleep(1_000_000)
                return 0
            }
            while !isHeld.load(ordering: .sequentiallyConsistent) {
                try await Task.sleep(for: .milliseconds(5))
            }
            let start = ContinuousClock.now
            await expectFailure(.busy) {
                try await database.write(.unsynced(whenBusy: .fail)) {
                    try $0.execute("UPDATE parent SET amount = 2")
                }
            }
            #expect(ContinuousClock.now - start < .milliseconds(800))
            _ = try await holder
        }

        // MARK: - Schemas

        @Test func `eight who migrate at once make one schema`() async throws {
            let url = try PostgreSQLTrial.makeEmpty()
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try await migrate(url, .trial) } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 1)
            #expect(try await open(url).count("SELECT count(*) FROM schema_version") == 1)
        }

        @Test func `only migrate changes a schema: a database without one, or an older one, is refused`() async throws {
            let url = try PostgreSQLTrial.makeEmpty()
            await expectFailure(.noTables) { try await open(url).names() }
            #expect(try await migrate(url, .trial, isDryRun: true))
            await expectFailure(.noTables) { try await open(url).names() }
            #expect(try await migrate(url, .trial))
            #expect(try await migrate(url, .trial) == false)
            await expectFailure(.schemaTooOld) { try await open(url, schema: .laterTrial(oldest: 1)).names() }
            #expect(try await migrate(url, .laterTrial(oldest: 1)))
            #expect(try await open(url).names() == [], "a program of the older schema goes on")
            #expect(try await migrate(url, .trial) == false)
            let other = try await made(.laterTrial(oldest: 2))
            await expectFailure(.schemaTooNew) { try await open(other).names() }
            await expectFailure(.schemaTooNew) { try await migrate(other, .trial) }
        }

        @Test func `a write that has looked at the schema ends before a migration changes it`() async throws {
            let url = try await made()
            let database = open(url)
            let (looked, hasLooked) = AsyncStream.makeStream(of: Void.self)
            async let write: Void = database.write(.durable(.commit)) { connection in
                hasLooked.finish()
                usleep(500_000)
                try connection.execute("INSERT INTO parent (name) VALUES ('a')")
            }
            for await _ in looked {}
            let next = Schema(
                applicationID: Schema.trial.applicationID,
                migrations: Schema.trial.migrations + [
                    Migration(version: 2, oldestProgram: 2) { _ in
                        ["INSERT INTO parent (name) SELECT 'after ' || count(*) FROM parent"]
                    }
                ])
            #expect(try await migrate(url, next))
            try await write
            #expect(try await open(url, schema: next).names() == ["a", "after 1"])
        }

        @Test func `another program's tables are not touched`() async throws {
            let url = try PostgreSQLTrial.makeEmpty()
            try PostgreSQLConnection(url: url).command(
                """
                CREATE TABLE schema_version (version bigint, oldest_program bigint);
                INSERT INTO schema_version VALUES (1, 1)
                """
            )
            await expectFailure(.foreignDatabase) { try await open(url).names() }
            await expectFailure(.foreignDatabase) { try await migrate(url, .trial) }
        }

        @Test(
            arguments: [
                "postgres://lms:zebra@127.0.0.1:1/x", "postgres://lms:zebra/okapi@127.0.0.1:1/x",
                "postgres://lms:zebra@okapi@127.0.0.1:1/x", "postgres://lms:zebra?okapi@127.0.0.1:1/x",
                "postgres://lms:zebra okapi@127.0.0.1:1/x", "postgres://lms:zebra%zzokapi@127.0.0.1:1/x",
                "postgres://lms@127.0.0.1:1/x?password=zebra%zzokapi",
                "postgres://lms@127.0.0.1:1/x?p%61ssword=zebra&okapi",
            ])
        func `no part of a URL's password is in an error, however it is written`(url: String) async throws {
            let database = PostgreSQLDatabase(url: url, name: "the school", schema: .trial, connections: 1)
            let error = await #expect(throws: DatabaseError.self) { _ = try await database.names() }
            let told = try #require(error).causes.joined()
            #expect(!told.contains("zebra") && !told.contains("okapi"), "\(told)")
        }

        @Test func `a server that is not there is told by its name`() async throws {
            let database = PostgreSQLDatabase(
                url: "postgres://lms:secret@127.0.0.1:1/x", name: "the school", schema: .trial, connections: 1
            )
            do {
                _ = try await database.names()
                Issue.record("nobody is there")
            } catch let error as DatabaseError {
                #expect(error.kind == .serverUnreachable && error.file == "the school")
                #expect(!error.detail.contains("secret"))
            }
        }
    }

    /// `@unchecked`: one test uses it, in one place.
    private struct KillerConnection: @unchecked Sendable {
        private let connection: PostgreSQLConnection

        init(_ connection: PostgreSQLConnection) { self.connection = connection }

        /// Ends a backend, and waits until it is gone.
        func end(_ pid: Int64) throws {
            try connection.command("SELECT pg_terminate_backend(\(pid), 5000)")
        }
    }
#endif
