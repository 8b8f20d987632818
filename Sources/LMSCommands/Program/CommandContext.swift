internal import LMSCore
internal import LMSDatabase
internal import LMSHTTP
internal import Synchronization

/// What a command works with.
struct CommandContext: Sendable {
    let invocation: Invocation
    let options: GlobalOptions
    let isDryRun: Bool
    let console: Console
    let printer: Printer
    private let needsSession: Bool
    private let createsDatabase: Bool
    private let opened = Once<SQLiteDatabase>()
    private let reached = Once<any Database>()
    private let connected = Once<ServerConnection>()
    private let remembered = Once<SessionFile.Contents>()

    /// How many rows a command asks for at once.
    static let pageSize = 500

    init(
        _ invocation: Invocation, options: GlobalOptions, isDryRun: Bool, needsSession: Bool,
        createsDatabase: Bool
    ) {
        self.invocation = invocation
        self.options = options
        self.isDryRun = isDryRun
        self.needsSession = needsSession
        self.createsDatabase = createsDatabase
        if invocation.endsTheProcess {
            _ = Unmanaged.passRetained(opened)
            _ = Unmanaged.passRetained(reached)
            _ = Unmanaged.passRetained(connected)
        }
        console = Console(invocation, wantsColor: !options.noColor)
        printer = Printer(console, options: options, isDryRun: isDryRun)
    }

    /// The session dotfile.
    var sessionFile: SessionFile {
        get throws { try SessionFile(environment: invocation.environment) }
    }

    /// What the command acts on.
    var target: Target {
        get throws { try namedTarget.target }
    }

    /// What a user calls the target.
    var targetName: String { (try? target.key) ?? "the database" }

    /// The options that name the target on the line, as the next line needs them; nothing where none does.
    var targetOptions: String {
        guard let target = try? target else { return "" }
        switch target {
        case .database(.file):
            return options.db.map { " --db \(shellQuoted($0))" } ?? ""
        case .database(.postgreSQL(let server)):
            return options.db == nil ? "" : " --db \(shellQuoted(server.name))"
        case .server(let origin):
            guard options.server != nil else { return "" }
            let authority = options.caFile.map { " --ca-file \(shellQuoted($0))" } ?? ""
            return " --server \(origin)\(authority)\(options.insecureHTTP ? " --insecure-http" : "")"
        }
    }

    /// The error with the target that the line names in its advice to sign in, which would lead elsewhere without.
    func directed(_ error: any Error) -> any Error {
        guard let error = error as? LMSError, error.code == .notSignedIn, let hint = error.hint,
            hint == LMSError.notSignedIn.hint, !targetOptions.isEmpty
        else { return error }
        return LMSError(error.code, error.message, hint: hint + targetOptions, cause: error.cause)
    }

    private var namedTarget: NamedTarget {
        get throws {
            try NamedTarget.resolve(
                db: options.db, server: options.server, environment: invocation.environment,
                remembered: rememberedSessions)
        }
    }

    /// The database that an operator's command acts on.
    ///
    /// - Throws: `LMSError` `usage` where the target is a server.
    var operated: OperatedDatabase {
        get throws {
            switch try target {
            case .database(let database): return database
            case .server(let origin):
                throw LMSError(
                    .usage, "this is done on the database itself, and the target is \(origin)",
                    hint: "On the server's machine, name the database with --db PATH.")
            }
        }
    }

    /// The database file that a command acts on which only files have.
    ///
    /// - Parameter tool: What does the same on PostgreSQL, given the database's name.
    /// - Throws: `LMSError` `usage` where it is no file.
    func databaseFile(orUse tool: (String) -> String) throws -> DatabaseTarget {
        switch try operated {
        case .file(let file): return file
        case .postgreSQL(let server): throw server.refusal(tool(server.name))
        }
    }

    /// The database that would be acted on, whatever server is the target.
    var databaseBesidesServer: OperatedDatabase {
        get throws {
            if let path = options.db { return try OperatedDatabase(named: path) }
            if let database = try invocation.environment.database() { return database }
            if options.server == nil, case .database(let database) = try target { return database }
            return .file(try .standard(invocation.environment))
        }
    }

    /// What the dotfile says; nothing where there is no place for one.
    private func rememberedSessions() throws -> SessionFile.Contents {
        try remembered.value { try (try? sessionFile)?.read() ?? SessionFile.Contents() }
    }

    /// The session that the dotfile has for the target, unless the environment's token stands in for it.
    var storedSession: SessionFile.StoredSession? {
        get throws {
            guard invocation.environment["LMS_TOKEN"] == nil else { return nil }
            return try rememberedSessions().sessions[target.key]
        }
    }

    /// Where use cases are performed.
    ///
    /// - Throws: `LMSError`: `notSignedIn` where somebody must be and nobody is, `notFound` where the
    ///   database is missing.
    var service: any LMSService {
        get throws { try service(isDryRun: isDryRun) }
    }

    func service(isDryRun: Bool) throws -> any LMSService {
        if case .server(let origin) = try target { try requirePrivacy(of: origin) }
        let token =
            try needsSession
            ? namedTarget.token(environment: invocation.environment, remembered: rememberedSessions) : nil
        if needsSession, token == nil { throw try noSession }
        let service = try service(token: token, isDryRun: isDryRun)
        guard token != nil, invocation.environment["LMS_TOKEN"] != nil else { return service }
        return TokenService(service: service, target: try target.key)
    }

    /// What to say where nobody is signed in: a file that is missing or is no database comes first.
    ///
    /// - Throws: `LMSError` for what is no database.
    private var noSession: LMSError {
        get throws {
            let named = try namedTarget
            guard case .database(.file(let file)) = named.target else { return .notSignedIn }
            do {
                try file.requireOurs()
                return .notSignedIn
            } catch let error as LMSError where error.code == .notFound {
                let hint: String? =
                    file.isDefault
                    ? Self.begin
                    : named.isChosen
                        ? error.hint
                        : "It is the target of your last sign-in. Name another one with --db PATH."
                return LMSError(.notSignedIn, "\(error.message), and you are not signed in", hint: hint)
            }
        }
    }

    private static let begin = """
        Begin with: lms register USERNAME --role teacher. Another database is named with --db PATH.
        If your school has a server, ask for its address: lms login USERNAME --server URL
        """

    /// Where somebody who has just got a token acts.
    func service(token: SessionToken) throws -> any LMSService {
        try service(token: token, isDryRun: false)
    }

    private func service(token: SessionToken?, isDryRun: Bool) throws -> any LMSService {
        switch try target {
        case .database: try local(token: token, isDryRun: isDryRun)
        case .server(let origin):
            RemoteService(try connection(to: origin), token: token, isDryRun: isDryRun)
        }
    }

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
        return try connected.value {
            try ServerConnection(
                to: origin, authority: options.caFile ?? invocation.environment.path("LMS_CA_FILE"))
        }
    }

    /// Makes sure that the target answers, before anybody types a password for it.
    func reach() async throws {
        if case .server(let origin) = try target { try await connection(to: origin).probe() }
    }

    /// Lets go of what a process that lives on must not keep.
    func close() async {
        guard !invocation.endsTheProcess else { return }
        await connected.made?.close()
    }

    /// Where the operator's use cases are performed: on a database, never on a server.
    var `operator`: LocalService {
        get throws { try `operator`(isDryRun: isDryRun) }
    }

    func `operator`(isDryRun: Bool) throws -> LocalService {
        try local(token: nil, isDryRun: isDryRun)
    }

    /// The same with another way to hash passwords.
    func `operator`(hasher: PasswordHasher) throws -> LocalService {
        try local(token: nil, isDryRun: isDryRun, hasher: hasher)
    }

    private func local(
        token: SessionToken?, isDryRun: Bool, hasher: PasswordHasher = .standard
    ) throws -> LocalService {
        LocalService(
            database: try database(isDryRun: isDryRun), caller: .local(token: token),
            isDryRun: isDryRun, clock: invocation.clock, hasher: hasher)
    }

    private func database(isDryRun: Bool) throws -> any Database {
        switch try operated {
        case .postgreSQL(let server): try reached.value { try server.open() }
        case .file(let file): try database(in: file, isDryRun: isDryRun)
        }
    }

    private func database(in file: DatabaseTarget, isDryRun: Bool) throws -> SQLiteDatabase {
        try opened.value {
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
    func database(in file: DatabaseTarget) throws -> SQLiteDatabase {
        try opened.value { try file.open() }
    }

    /// The same for whoever tells more of damage.
    ///
    /// - Throws: `DatabaseError`.
    func databaseToLook(in file: DatabaseTarget) throws -> SQLiteDatabase {
        try opened.value { try file.openToLook() }
    }
}

/// A value that is made when it is first needed. A command has one connection: a second look at the file
/// while it is open would drop SQLite's locks.
private final class Once<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)

    /// What was made, if it was needed.
    var made: Value? { stored.withLock { $0 } }

    func value(_ make: () throws -> sending Value) throws -> Value {
        try stored.withLock { stored in
            if let stored { return stored }
            let value = try make()
            stored = value
            return value
        }
    }
}
