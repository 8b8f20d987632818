#if PostgreSQL
    internal import Dispatch

    /// The connections to one database. They are made when they are needed, up to a number, and handed out in turn.
    final class PostgreSQLPool: Sendable {
        private let url: String
        private let name: String?
        private let statementTimeout: Int
        /// A check that each new connection must pass.
        private let check: @Sendable (PostgreSQLConnection) throws -> Void
        private let turns: TurnQueue<PostgreSQLTurns>
        /// libpq's calls wait for the server, so they have threads of their own: as many as there are connections at work.
        private let executor = {
            let queue = DispatchQueue(label: "lms.postgresql", attributes: .concurrent)
            return JobExecutor { queue.async(execute: $0) }
        }()

        /// - Parameters:
        ///   - name: What errors call the database.
        ///   - statementTimeout: In seconds; 0 for none.
        init(
            url: String, name: String? = nil, connections: Int, patience: Double,
            statementTimeout: Int = 60,
            check: @escaping @Sendable (PostgreSQLConnection) throws -> Void = { _ in }
        ) {
            self.url = url
            self.name = name
            self.check = check
            self.statementTimeout = statementTimeout
            turns = TurnQueue(PostgreSQLTurns(free: max(1, connections)), patience: .seconds(patience))
        }

        /// Runs `work` on a connection.
        ///
        /// - Throws: `DatabaseError` `busy` where none is free in time, or what `work` throws.
        func run<T: Sendable>(_ work: (PostgreSQLConnection) throws -> T) async throws -> T {
            guard let turn = await turns.turn(for: ()) else {
                throw DatabaseError(.busy, "all connections are taken")
            }
            // What is given back: `nil` for a connection that is lost, or in the middle of something, and is closed before.
            var kept: PostgreSQLConnection?
            defer { turns.update { $0.giveBack(kept) } }
            return try await withTaskExecutorPreference(executor) {
                let connection = try connection(turn)
                defer { if connection.isUsable { kept = connection } }
                return try work(connection)
            }
        }

        private func connection(_ turn: PostgreSQLTurns.Turn) throws -> PostgreSQLConnection {
            if case .idle(let connection) = turn { return connection }
            do {
                let connection = try PostgreSQLConnection(url: url, statementTimeout: statementTimeout)
                try check(connection)
                return connection
            } catch let error as DatabaseError {
                throw DatabaseError(error.kind, error, file: name)
            }
        }

        /// Closes the connections that nobody uses: after one was lost, the others mostly are too.
        func closeIdle() {
            var closed: [PostgreSQLConnection] = []
            turns.update { closed = $0.takeIdle() }
            // They are closed here, not under the queue's lock: closing sends something.
            withExtendedLifetime(closed) {}
        }
    }

    /// Whose turn it is to use a connection.
    private struct PostgreSQLTurns: TurnRule {
        enum Turn: Sendable {
            case idle(PostgreSQLConnection)
            /// There is room for another connection, which is to be made.
            case new
        }

        private var idle: [PostgreSQLConnection] = []
        /// How many more connections there may be.
        private var free: Int

        init(free: Int) { self.free = free }

        mutating func turn(for want: Void) -> Turn? {
            if let connection = idle.popLast() { return .idle(connection) }
            guard free > 0 else { return nil }
            free -= 1
            return .new
        }

        /// - Parameter connection: `nil` where it is closed, or was never made.
        mutating func giveBack(_ connection: PostgreSQLConnection?) {
            if let connection { idle.append(connection) } else { free += 1 }
        }

        mutating func takeIdle() -> [PostgreSQLConnection] {
            defer { idle = [] }
            free += idle.count
            return idle
        }
    }
#endif
