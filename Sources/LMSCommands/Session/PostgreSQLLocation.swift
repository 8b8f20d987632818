internal import LMSCore
internal import LMSDatabase

/// A database on a PostgreSQL server that a command acts on.
struct PostgreSQLLocation: Sendable {
    /// What libpq is given. It may hold a password.
    private let url: String
    /// The same without a password: what a user sees, and the key in the session file.
    let name: String

    static func isMeant(by text: String) -> Bool {
        let text = text.lowercased()
        return text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }

    /// - Parameter url: As libpq has it; what it does not say comes from PGHOST, PGSERVICE, PGPASSFILE and the like.
    init(_ url: String) {
        self.url = url
        name = PostgreSQLURL.withoutPassword(url)
    }

    #if PostgreSQL
        /// For one command: whoever runs it sees how long it takes.
        private var database: PostgreSQLDatabase {
            PostgreSQLDatabase(url: url, name: name, schema: .lms, connections: 1, statementTimeout: 0)
        }

        func open() throws -> any Database { database }

        /// For a server, whose requests may not take long.
        ///
        /// - Parameter connections: How many at once, at most.
        func open(connections: Int) throws -> any Database {
            PostgreSQLDatabase(url: url, name: name, schema: .lms, connections: connections)
        }

        /// Makes the tables, or brings them up to date.
        ///
        /// - Returns: Whether there was something to do.
        func migrate(isDryRun: Bool) async throws -> Bool {
            try await translating {
                try await PostgreSQLDatabase.migrate(
                    url: url, name: name, schema: .lms, isDryRun: isDryRun)
            }
        }

        /// How much room its tables take.
        func byteCount() async throws -> Int {
            try await translating { try await database.byteCount() }
        }

        private func translating<T>(_ body: () async throws -> T) async throws -> T {
            do {
                return try await body()
            } catch let error as DatabaseError {
                throw LMSError(error, database: name)
            }
        }
    #else
        func open() throws -> any Database { throw Self.missing }
        func open(connections: Int) throws -> any Database { throw Self.missing }
        func migrate(isDryRun: Bool) async throws -> Bool { throw Self.missing }
        func byteCount() async throws -> Int { throw Self.missing }

        private static let missing = LMSError(
            .usage, "this lms was built without PostgreSQL",
            hint: "Build one that has it with: make release-postgres")
    #endif

    /// The error of a command that there is for database files only.
    func refusal(_ tool: String) -> LMSError {
        LMSError(
            .usage, "\(name) is on PostgreSQL, where this is done in another way",
            hint: "Use: \(tool)")
    }
}
