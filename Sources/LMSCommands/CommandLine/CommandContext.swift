internal import LMSCore
internal import LMSDatabase
internal import Synchronization

/// What a command works with.
struct CommandContext: Sendable {
    let invocation: Invocation
    let options: GlobalOptions
    let isRehearsal: Bool
    let console: Console
    let printer: Printer
    private let needsSession: Bool
    private let createsDatabase: Bool
    private let opened = Once<SQLiteDatabase>()
    private let remembered = Once<SessionFile.Contents>()

    /// How many rows a command asks for at once.
    static let pageSize = 500

    init(
        _ invocation: Invocation, options: GlobalOptions, isRehearsal: Bool, needsSession: Bool,
        createsDatabase: Bool
    ) {
        self.invocation = invocation
        self.options = options
        self.isRehearsal = isRehearsal
        self.needsSession = needsSession
        self.createsDatabase = createsDatabase
        if invocation.endsTheProcess { _ = Unmanaged.passRetained(opened) }
        console = Console(invocation, wantsColor: !options.noColor)
        printer = Printer(console, options: options, isRehearsal: isRehearsal)
    }

    /// The session dotfile.
    var sessionFile: SessionFile {
        get throws { try SessionFile(environment: invocation.environment) }
    }

    /// What the command acts on.
    var target: Target {
        get throws {
            try Target.resolve(
                db: options.db, environment: invocation.environment, remembered: rememberedSessions)
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
            return try rememberedSessions().sessions[target.path]
        }
    }

    /// Where use cases are performed.
    ///
    /// - Throws: `LMSError`: `notSignedIn` where somebody must be and nobody is, `notFound` where the
    ///   database is missing.
    var service: any LMSService {
        get throws { try service(isRehearsal: isRehearsal) }
    }

    func service(isRehearsal: Bool) throws -> any LMSService {
        let target = try target
        let token =
            try needsSession
            ? target.token(environment: invocation.environment, remembered: rememberedSessions) : nil
        if needsSession, token == nil { throw LMSError.notSignedIn }
        return try local(token: token, isRehearsal: isRehearsal)
    }

    /// Where somebody who has just got a token acts.
    func service(token: SessionToken) throws -> any LMSService {
        try local(token: token, isRehearsal: false)
    }

    /// Where the operator's use cases are performed: on a database, never on a server.
    var `operator`: LocalService {
        get throws { try `operator`(isRehearsal: isRehearsal) }
    }

    func `operator`(isRehearsal: Bool) throws -> LocalService {
        try local(token: nil, isRehearsal: isRehearsal)
    }

    private func local(token: SessionToken?, isRehearsal: Bool) throws -> LocalService {
        let target = try target
        return LocalService(
            database: try opened.value {
                guard createsDatabase else { return try target.open() }
                // A rehearsal leaves no file behind.
                if isRehearsal, target.isMissing {
                    try target.checkFolder()
                    return try SQLiteDatabase.inMemory(schema: .lms)
                }
                try target.createIfMissing()
                return try target.open()
            },
            caller: .local(token: token), isRehearsal: isRehearsal, clock: invocation.clock)
    }

    /// The database itself, for what only the operator does.
    var database: SQLiteDatabase {
        get throws { try opened.value { try target.open() } }
    }
}

/// A value that is made when it is first needed. A command has one connection: a second look at the file
/// while it is open would drop SQLite's locks.
private final class Once<Value: Sendable>: Sendable {
    private let made = Mutex<Value?>(nil)

    func value(_ make: () throws -> sending Value) throws -> Value {
        try made.withLock { made in
            if let made { return made }
            let value = try make()
            made = value
            return value
        }
    }
}
