internal import LMSCore
internal import LMSHTTP
internal import LMSText

/// Where a database is: a file, or a URL of PostgreSQL's.
enum DatabaseLocation: Sendable {
    case file(SQLiteLocation)
    case postgreSQL(PostgreSQLLocation)

    /// What a user sees.
    var name: String {
        switch self {
        case .file(let file): file.path
        case .postgreSQL(let server): server.name
        }
    }

    /// Reads what a user wrote.
    ///
    /// - Throws: `LMSError` `usage` for the address of a server, and for a path that nobody means.
    init(named text: String) throws {
        if PostgreSQLLocation.isMeant(by: text) {
            self = .postgreSQL(PostgreSQLLocation(text))
            return
        }
        guard !Origin.isMeant(by: text) else {
            throw LMSError(
                .usage, "'\(text)' is the address of a server, not a database",
                hint: "Name a server with --server or LMS_SERVER.")
        }
        self = .file(try SQLiteLocation(named: text))
    }
}
