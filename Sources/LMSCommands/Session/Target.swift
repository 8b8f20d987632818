internal import LMSCore
internal import LMSHTTP
internal import LMSText

/// What a command acts on: a database, or a server.
enum Target: Sendable {
    case database(DatabaseLocation)
    case server(Origin)

    /// What the session file calls it, and what a user sees.
    var key: String {
        switch self {
        case .database(let database): database.name
        case .server(let origin): origin.description
        }
    }

    /// Reads what a user wrote: `postgres://` is a database, any other `://` a server's address, everything
    /// else a file.
    init(named text: String) throws {
        self =
            Origin.isMeant(by: text) && !PostgreSQLLocation.isMeant(by: text)
            ? .server(try Origin(text)) : .database(try DatabaseLocation(named: text))
    }
}
