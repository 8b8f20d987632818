internal import LMSCore
internal import LMSHTTP

/// What a command acts on: a database, or a server.
enum Target: Sendable {
    case database(OperatedDatabase)
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
            Origin.isMeant(by: text) && !PostgreSQLTarget.isMeant(by: text)
            ? .server(try Origin(text)) : .database(try OperatedDatabase(named: text))
    }
}

/// A target, and how it was named.
struct NamedTarget: Sendable {
    let target: Target
    /// Whether the dotfile named it: a token from the environment goes only where the user points.
    let isRemembered: Bool

    private init(_ target: Target, isRemembered: Bool = false) {
        self.target = target
        self.isRemembered = isRemembered
    }

    /// Finds the target: the flags, the environment, the session file's current target, the default file.
    ///
    /// - Throws: `LMSError` `usage` where both variables say something.
    static func resolve(
        db: String?, server: String?, environment: Environment, remembered: () throws -> SessionFile.Contents
    ) throws -> NamedTarget {
        if let db { return NamedTarget(.database(try OperatedDatabase(named: db))) }
        if let server { return NamedTarget(.server(try Origin(server))) }
        switch (environment["LMS_DB"], environment["LMS_SERVER"]) {
        case (_?, _?):
            throw LMSError(
                .usage, "LMS_DB and LMS_SERVER are both set, and only one can be meant",
                hint: "Unset one of them, or say --db PATH or --server URL.")
        case (let db?, nil): return NamedTarget(.database(try OperatedDatabase(named: db)))
        case (nil, let server?): return NamedTarget(.server(try Origin(server)))
        case (nil, nil): return try current(environment, remembered())
        }
    }

    private static func current(
        _ environment: Environment, _ remembered: SessionFile.Contents
    ) throws -> NamedTarget {
        guard let current = remembered.current else {
            return NamedTarget(.database(.file(try .standard(environment))))
        }
        if PostgreSQLTarget.isMeant(by: current) {
            return NamedTarget(.database(.postgreSQL(PostgreSQLTarget(current))), isRemembered: true)
        }
        if Origin.isMeant(by: current) {
            return NamedTarget(.server(try Origin(current)), isRemembered: true)
        }
        if let standard = try? DatabaseTarget.standard(environment), standard.path == current {
            return NamedTarget(.database(.file(standard)))
        }
        return NamedTarget(
            .database(.file(DatabaseTarget(path: current, isDefault: false))), isRemembered: true)
    }

    /// The token for this target: from the environment, or from the session file.
    func token(
        environment: Environment, remembered: () throws -> SessionFile.Contents
    ) throws -> SessionToken? {
        guard let text = environment["LMS_TOKEN"] else {
            return try remembered().sessions[target.key]?.token
        }
        guard !isRemembered else {
            throw LMSError(
                .notSignedIn, "LMS_TOKEN is set, but nothing says which database or server it is for",
                hint: "Name it with --db PATH or --server URL, or unset LMS_TOKEN.")
        }
        guard let token = SessionToken(text) else {
            throw LMSError(
                .notSignedIn, "LMS_TOKEN does not hold a token of lms",
                hint: "Make one with: lms token create --label NAME")
        }
        return token
    }
}
