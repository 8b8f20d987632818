internal import LMSCore
internal import LMSHTTP

/// A target, and how it was named.
struct ResolvedTarget: Sendable {
    let target: Target
    /// Whether the session file named it. A token from the environment is not sent there, but only to a target that the user
    /// names with it.
    let isRemembered: Bool
    /// Whether a flag or a variable named it.
    let isChosen: Bool

    private init(_ target: Target, isRemembered: Bool = false, isChosen: Bool = false) {
        self.target = target
        self.isRemembered = isRemembered
        self.isChosen = isChosen
    }

    /// Finds the target: the flags, the environment, the session file's current target, the default file.
    ///
    /// - Throws: `LMSError` `usage` where both variables say something.
    static func resolve(
        db: String?, server: String?, environment: Environment, remembered: () throws -> SessionFile.Contents
    ) throws -> ResolvedTarget {
        if let db { return ResolvedTarget(.database(try DatabaseLocation(named: db)), isChosen: true) }
        if let server { return ResolvedTarget(.server(try Origin(server)), isChosen: true) }
        guard environment["LMS_DB"] == nil || environment["LMS_SERVER"] == nil else {
            throw LMSError(
                .usage, "LMS_DB and LMS_SERVER are both set, and only one can be meant",
                hint: "Unset one of them, or say --db PATH or --server URL.")
        }
        if let database = try environment.database() {
            return ResolvedTarget(.database(database), isChosen: true)
        }
        if let server = try environment.server() { return ResolvedTarget(.server(server), isChosen: true) }
        return try current(environment, remembered())
    }

    private static func current(
        _ environment: Environment, _ remembered: SessionFile.Contents
    ) throws -> ResolvedTarget {
        guard let current = remembered.current else {
            return ResolvedTarget(.database(.file(try .standard(environment))))
        }
        if PostgreSQLLocation.isMeant(by: current) {
            return ResolvedTarget(.database(.postgreSQL(PostgreSQLLocation(current))), isRemembered: true)
        }
        if Origin.isMeant(by: current) {
            return ResolvedTarget(.server(try Origin(current)), isRemembered: true)
        }
        if let standard = try? SQLiteLocation.standard(environment), standard.path == current {
            return ResolvedTarget(.database(.file(standard)))
        }
        return ResolvedTarget(
            .database(.file(SQLiteLocation(path: current, isDefault: false))), isRemembered: true)
    }

    /// The token for this target: from the environment, or from the session file.
    func token(
        environment: Environment, remembered: () throws -> SessionFile.Contents
    ) throws -> SessionToken? {
        guard environment["LMS_TOKEN"] != nil else {
            return try remembered().sessions[target.key]?.token
        }
        guard !isRemembered else {
            throw LMSError(
                .notSignedIn, "LMS_TOKEN is set, but nothing says which database or server it is for",
                hint: "If it is for \(target.key), say so with \(flag). Otherwise unset LMS_TOKEN.")
        }
        return try environment.token()
    }

    /// How this target is named on a command line.
    private var flag: String {
        switch target {
        case .database: "--db \(shellQuoted(target.key)) or LMS_DB"
        case .server: "--server \(target.key) or LMS_SERVER"
        }
    }
}
