internal import LMSCore
internal import LMSDatabase
internal import LMSHTTP
internal import LMSText

/// The target of one command, and the way to it. The target is found once, when it is first needed, and a database or a
/// connection is opened once: a second look at a file while it is open would drop SQLite's locks.
struct CommandTarget: Sendable {
    private let invocation: Invocation
    private let options: GlobalOptions
    private let console: Console
    private let createsDatabase: Bool
    private let resolvedTarget = Once<ResolvedTarget>()
    private let rememberedSessions = Once<SessionFile.Contents>()
    private let databaseFile = Once<SQLiteDatabase>()
    private let postgreSQL = Once<any Database>()
    private let connection = Once<ServerConnection>()

    /// - Parameter createsDatabase: Whether a database that is missing is made.
    init(_ invocation: Invocation, options: GlobalOptions, console: Console, createsDatabase: Bool) {
        self.invocation = invocation
        self.options = options
        self.console = console
        self.createsDatabase = createsDatabase
        if invocation.endsTheProcess {
            _ = Unmanaged.passRetained(databaseFile)
            _ = Unmanaged.passRetained(postgreSQL)
            _ = Unmanaged.passRetained(connection)
        }
    }

    // MARK: - Which it is

    /// - Throws: `LMSError` `usage` where what the line or the environment says names none.
    var resolved: ResolvedTarget {
        get throws {
            try resolvedTarget.value {
                try ResolvedTarget.resolve(
                    db: options.db, server: options.server, environment: invocation.environment,
                    remembered: remembered)
            }
        }
    }

    /// What the session file calls it.
    var key: String {
        get throws { try resolved.target.key }
    }

    /// What a user calls it.
    var name: String { (try? key) ?? "the database" }

    /// The options that name it on the line, as the next line needs them; nothing where none does.
    var lineOptions: String {
        switch try? resolved.target {
        case nil: return ""
        case .database(.file):
            return options.db.map { " --db \(shellQuoted($0))" } ?? ""
        case .database(.postgreSQL(let location)):
            return options.db == nil ? "" : " --db \(shellQuoted(location.name))"
        case .server(let origin):
            guard options.server != nil else { return "" }
            let authority = options.caFile.map { " --ca-file \(shellQuoted($0))" } ?? ""
            return " --server \(origin)\(authority)\(options.insecureHTTP ? " --insecure-http" : "")"
        }
    }

    /// The database that an operator's command acts on.
    ///
    /// - Throws: `LMSError` `usage` where the target is a server.
    var location: DatabaseLocation {
        get throws {
            switch try resolved.target {
            case .database(let location): return location
            case .server(let origin):
                throw LMSError(
                    .usage, "this is done on the database itself, and the target is \(origin)",
                    hint: "On the server's machine, name the database with --db PATH.")
            }
        }
    }

    /// The database file, for a command that there is for files only.
    ///
    /// - Parameter tool: What does the same on PostgreSQL, given the database's name.
    /// - Throws: `LMSError` `usage` where it is no file.
    func file(orUse tool: (String) -> String) throws -> SQLiteLocation {
        switch try location {
        case .file(let file): return file
        case .postgreSQL(let location): throw location.refusal(tool(location.name))
        }
    }

    /// The database that commands act on where no server is the target.
    var locationBesidesServer: DatabaseLocation {
        get throws {
            if let path = options.db { return try DatabaseLocation(named: path) }
            if let location = try invocation.environment.database() { return location }
            if options.server == nil, case .database(let location) = try resolved.target { return location }
            return .file(try .standard(invocation.environment))
        }
    }

    // MARK: - Who is signed in there

    /// The file that remembers who is signed in where.
    var sessionFile: SessionFile {
        get throws { try SessionFile(environment: invocation.environment) }
    }

    /// The contents of the session file, read once; empty where there is no folder for one.
    private func remembered() throws -> SessionFile.Contents {
        try rememberedSessions.value { try (try? sessionFile)?.read() ?? SessionFile.Contents() }
    }

    /// The session that the session file has for the target; `nil` where the environment gives a token, which goes before it.
    var storedSession: SessionFile.StoredSession? {
        get throws {
            guard !isTokenGiven else { return nil }
            return try remembered().sessions[key]
        }
    }

    /// Whether the token comes from the environment.
    private var isTokenGiven: Bool { invocation.environment["LMS_TOKEN"] != nil }

    /// The error where nobody is signed in. A database that is missing, or a file that is none, is told first.
    ///
    /// - Throws: `LMSError` for what is no database.
    private func noSession() throws -> LMSError {
        let resolved = try resolved
        guard case .database(.file(let file)) = resolved.target else { return .notSignedIn }
        do {
            try file.requireOurs()
            return .notSignedIn
        } catch let error as LMSError where error.code == .notFound {
            let hint: String? =
                file.isDefault
                ? Self.begin
                : resolved.isChosen
                    ? error.hint
                    : "It is the target of your last sign-in. Name another one with --db PATH."
            return LMSError(
                .notSignedIn, "\(error.message), and you are not signed in", hint: hint, causes: error.causes)
        }
    }

    private static let begin = """
        Begin with: lms register USERNAME --role teacher. Another database is named with --db PATH.
        If your school has a server, ask for its address: lms login USERNAME --server URL
        """

    // MARK: - Services

    /// Where the use cases of whoever is signed in are performed.
    ///
    /// - Parameter isDryRun: Whether they are taken back, where nothing else is said.
    /// - Throws: `LMSError`: `notSignedIn` where nobody is, `notFound` where the database is missing.
    func signedInService(isDryRun: Bool) throws -> SignedInService {
        let resolved = try resolved
        if case .server(let origin) = resolved.target { try requirePrivacy(of: origin) }
        guard
            let token = try resolved.token(environment: invocation.environment, remembered: remembered)
        else { throw try noSession() }
        return SignedInService(
            isDryRun ? nil : try service(token: token, isDryRun: false),
            dryRun: try service(token: token, isDryRun: true),
            givenTokenTarget: isTokenGiven ? resolved.target.key : nil)
    }

    /// Where use cases are performed.
    ///
    /// - Parameter token: Whose; `nil` for somebody who need not be signed in.
    func service(token: SessionToken?, isDryRun: Bool) throws -> any LMSService {
        switch try resolved.target {
        case .database: try localService(token: token, isDryRun: isDryRun)
        case .server(let origin):
            RemoteService(try connection(to: origin), token: token, isDryRun: isDryRun)
        }
    }

    /// Where use cases are performed on a database, an operator's too.
    ///
    /// - Throws: `LMSError` `usage` where the target is a server.
    func localService(
        token: SessionToken? = nil, isDryRun: Bool, hasher: PasswordHasher = .standard
    ) throws -> LocalService {
        LocalService(
            database: try database(isDryRun: isDryRun), caller: .local(token: token),
            isDryRun: isDryRun, clock: invocation.clock, hasher: hasher)
    }

    // MARK: - The server

    /// - Throws: `LMSError` `usage` where others on the way could listen, and nobody has allowed that.
    private func requirePrivacy(of origin: Origin) throws {
        guard origin.isPrivate || options.insecureHTTP || invocation.environment.isSet("LMS_INSECURE_HTTP")
        else {
            throw LMSError(
                .usage, "\(origin) is not encrypted: others could read your password",
                hint: "Use https://. On a network that you trust, say --insecure-http.")
        }
    }

    private func connection(to origin: Origin) throws -> ServerConnection {
        try requirePrivacy(of: origin)
        return try connection.value {
            try ServerConnection(
                to: origin, authority: options.caFile ?? invocation.environment.path("LMS_CA_FILE"))
        }
    }

    /// Makes sure that the target answers, before anybody types a password for it.
    func reach() async throws {
        if case .server(let origin) = try resolved.target { try await connection(to: origin).probe() }
    }

    /// Closes the connection to a server, unless the process ends now.
    func close() async {
        guard !invocation.endsTheProcess else { return }
        await connection.made?.close()
    }

    // MARK: - The database

    private func database(isDryRun: Bool) throws -> any Database {
        switch try location {
        case .postgreSQL(let location): try postgreSQL.value { try location.open() }
        case .file(let file): try database(in: file, isDryRun: isDryRun)
        }
    }

    private func database(in file: SQLiteLocation, isDryRun: Bool) throws -> SQLiteDatabase {
        try databaseFile.value {
            guard createsDatabase else { return try file.open() }
            // A dry run leaves no file behind.
            if isDryRun, file.isMissing {
                try file.checkFolder()
                return try SQLiteDatabase.inMemory(schema: .lms)
            }
            if try file.createIfMissing(), console.errorIsTerminal, !options.quiet {
                console.note("Made the database \(file.path)")
            }
            return try file.open()
        }
    }

    /// The database in a file itself, for what only the operator does.
    func open(_ file: SQLiteLocation) throws -> SQLiteDatabase {
        try databaseFile.value { try file.open() }
    }

    /// Opens the file for a check, which tells more of damage than `open` does.
    ///
    /// - Throws: `DatabaseError`.
    func openToLook(_ file: SQLiteLocation) throws -> SQLiteDatabase {
        try databaseFile.value { try file.openToLook() }
    }
}
