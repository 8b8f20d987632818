#if PostgreSQL
    /// A database on a PostgreSQL server.
    ///
    /// Writes are SERIALIZABLE: of two that conflict, one is tried again. The third attempt runs alone, so that it succeeds.
    /// Rows are not locked one by one instead: the rules of the domain are written for one writer at a time, and a rule that
    /// would have to be written twice would be forgotten once. An import runs alone at once: of its many rows one would be in
    /// somebody's way, and all of them would come again.
    ///
    /// It is in the program only with the package's trait `PostgreSQL`, which is off by default: libpq cannot be linked
    /// statically, and nobody who has one machine should have to install it. It is a `Database` like `SQLiteDatabase`, behind
    /// the same SQL, so core, commands and server do not know which one it is.
    package final class PostgreSQLDatabase: Database {
        private let pool: PostgreSQLPool
        /// The tables that transactions need; `nil` where nobody checks them.
        private let schema: Schema?
        /// How often a transaction is tried at most that conflicts with others, or whose connection was lost.
        private static let attempts = 12

        init(_ pool: PostgreSQLPool, schema: Schema? = nil) {
            self.pool = pool
            self.schema = schema
        }

        /// A database whose schema this program must know: each new connection looks at it, and fails with `schemaTooOld`
        /// where it is older, for only `migrate` changes it. Nothing is connected yet.
        ///
        /// - Parameters:
        ///   - url: As libpq has it.
        ///   - name: What errors call it.
        ///   - connections: How many at once, at most.
        ///   - patience: For how long to wait for one of them, in seconds.
        ///   - statementTimeout: For how long a statement may run, in seconds; 0 for as long as it takes.
        package convenience init(
            url: String, name: String, schema: Schema, connections: Int, patience: Double = 10,
            statementTimeout: Int = 60
        ) {
            self.init(
                PostgreSQLPool(
                    url: url, name: name, connections: connections, patience: patience,
                    statementTimeout: statementTimeout
                ) { connection in
                    try PostgreSQLSchema.state(of: schema, on: connection).requireUsable()
                }, schema: schema)
        }

        /// Makes the tables, or brings them up to date. Others who do the same wait.
        ///
        /// - Returns: Whether there was something to do.
        package static func migrate(
            url: String, name: String, schema: Schema, isDryRun: Bool
        ) async throws -> Bool {
            let database = PostgreSQLDatabase(
                PostgreSQLPool(url: url, name: name, connections: 1, patience: 10, statementTimeout: 0) { _ in
                })
            return try await database.pool.run { connection in
                // READ COMMITTED: a program that waited for the lock must see what the one before it made.
                try connection.command("BEGIN ISOLATION LEVEL READ COMMITTED")
                return try database.finish(connection, isDryRun ? "ROLLBACK" : "COMMIT") {
                    try PostgreSQLSchema.migrate(schema, on: connection)
                }
            }
        }

        /// How much room the tables and their indexes take.
        package func byteCount() async throws -> Int {
            try await read { connection in
                try connection.value(
                    """
                    SELECT sum(pg_total_relation_size(pg_class.oid)) FROM pg_class
                    JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
                    WHERE pg_namespace.nspname = current_schema() AND pg_class.relkind = 'r'
                    """) ?? 0
            }
        }

        package func read<T: Sendable>(
            _ body: @Sendable (any Connection) throws -> T
        ) async throws -> T {
            let cancellation = CancellationFlag()
            return try await withTaskCancellationHandler {
                try await again(.read, attempts: 3) { connection, _ in
                    try cancellation.throwIfSet()
                    let found = try self.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", on: connection)
                    return try self.finish(connection, "COMMIT") {
                        try self.requireKnown(found)
                        return try body(connection)
                    }
                }
            } onCancel: {
                cancellation.set()
            }
        }

        package func write<T: Sendable>(
            _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
        ) async throws -> T {
            let attempts = mode == .unsynced(whenBusy: .fail) ? 1 : Self.attempts
            let cancellation = CancellationFlag()
            return try await withTaskCancellationHandler {
                try await again(.write, attempts: attempts) { connection, attempt in
                    if mode.isDurable { try cancellation.throwIfSet() }
                    // A bulk write conflicts with some other one sooner or later. That other one had better wait than all
                    // rows be written again.
                    let isAlone = attempt > 2 || mode == .durable(.commit, rows: .bulk)
                    let found = try self.begin(Self.beginning(of: mode, isAlone: isAlone), on: connection)
                    return try self.finish(connection, mode.isDryRun ? "ROLLBACK" : "COMMIT") {
                        try self.requireKnown(found)
                        let result = try body(connection)
                        if mode.isDurable { try cancellation.throwIfSet() }
                        return result
                    }
                }
            } onCancel: {
                cancellation.set()
            }
        }

        /// Begins a transaction. The answer to its statements brings the schema's version, which so costs no way of its own.
        private func begin(
            _ statements: String, on connection: PostgreSQLConnection
        ) throws -> (version: Int, oldestProgram: Int)? {
            guard schema != nil else {
                try connection.command(statements)
                return nil
            }
            let numbers = try connection.integers("\(statements); SELECT version, oldest_program FROM schema_version")
            return numbers.count == 2 ? (numbers[0], numbers[1]) : (0, 0)
        }

        private func requireKnown(_ found: (version: Int, oldestProgram: Int)?) throws {
            guard let schema, let found else { return }
            try schema.requireKnown(found.version) { found.oldestProgram }
        }

        /// The statements that begin a write. LOCK comes before the transaction's snapshot is taken, so it sees what those
        /// have done that it waited for.
        ///
        /// - Parameter isAlone: Whether other SERIALIZABLE writes have to wait until this one is over.
        private static func beginning(of mode: WriteMode, isAlone: Bool) -> String {
            switch mode {
            case .durable:
                """
                BEGIN ISOLATION LEVEL SERIALIZABLE;
                LOCK TABLE schema_version IN \(isAlone ? "" : "ROW ")EXCLUSIVE MODE
                """
            case .unsynced(.wait):
                "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit TO off"
            case .unsynced(.fail):
                """
                BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit TO off;
                SET LOCAL lock_timeout TO '20ms'
                """
            }
        }

        /// Runs `body`, and ends the transaction with `end`, or takes it back where `body` fails.
        private func finish<T>(
            _ connection: PostgreSQLConnection, _ end: String, _ body: () throws -> T
        ) throws -> T {
            let result: T
            do {
                result = try body()
                try connection.settle()
            } catch {
                try? connection.settle()
                _ = try? connection.command("ROLLBACK")
                throw error
            }
            do {
                // After a failed statement, the server answers a COMMIT with ROLLBACK, and without an error.
                guard try connection.command(end) == end else {
                    throw DatabaseError(.internal, "the transaction went on after a failed statement")
                }
            } catch let error as DatabaseError where error.kind == .serverUnreachable && end == "COMMIT" {
                throw DatabaseError(.outcomeUnknown, error)
            }
            return result
        }

        private enum Purpose { case read, write }

        /// Tries a transaction again where that can help: it conflicted with another one, or the connection was lost before
        /// the commit was sent.
        private func again<T: Sendable>(
            _ purpose: Purpose, attempts: Int, _ work: (PostgreSQLConnection, _ attempt: Int) throws -> T
        ) async throws -> T {
            var attempt = 1
            let start = ContinuousClock.now
            while true {
                do {
                    return try await pool.run { [attempt] in try work($0, attempt) }
                } catch let error as DatabaseError {
                    let isRead = purpose == .read
                    // After some seconds the caller is told, instead of being made to wait again.
                    let canReconnect = ContinuousClock.now - start < .seconds(5)
                    switch error.kind {
                    case .conflict where attempt < attempts: break
                    case .conflict: throw DatabaseError(.busy, error)
                    case .outcomeUnknown where canReconnect && isRead && attempt < attempts,
                        .serverUnreachable where canReconnect && attempt < min(attempts, 4):
                        pool.closeIdle()
                    case .outcomeUnknown where isRead: throw DatabaseError(.serverUnreachable, error)
                    default: throw error
                    }
                    // 1 ms at first, doubled up to a quarter of a second, and never all at the same moment.
                    let ceiling = min(250, 2 << attempt) * (error.kind == .conflict ? 1 : 4)
                    let pause = Duration.milliseconds(Int.random(in: 1...ceiling))
                    guard (try? await Task.sleep(for: pause)) != nil else {
                        throw DatabaseError(.cancelled, "nobody waits for this any more")
                    }
                    attempt += 1
                }
            }
        }
    }
#endif
