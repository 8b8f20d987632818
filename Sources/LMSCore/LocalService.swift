package import LMSDatabase
package import LMSText

/// Performs use cases on a database, for the holder of a token.
///
/// It is a small value, made for one request: the database behind it is what lives on.
package struct LocalService: LMSService {
    let database: any Database
    let caller: Caller
    let isDryRun: Bool
    let clock: Clock
    let hasher: PasswordHasher
    let registration: RegistrationPolicy
    /// Who writes the search entries that large acts leave; `nil`: the act itself does, before it answers.
    let searchWorker: SearchWorker?
    /// Of the use case that is performed; until there is one, the class that asks for most.
    private var useCaseClass = UseCaseClass.writesAccount

    /// - Parameters:
    ///   - isDryRun: Do everything, then take it back (`--dry-run`).
    ///   - hasher: How passwords are hashed.
    ///   - registration: Who may make an account.
    ///   - searchWorker: Who writes the search entries that large acts leave; `nil`: the act itself, before it answers.
    package init(
        database: any Database, caller: Caller, isDryRun: Bool = false, clock: @escaping Clock,
        hasher: PasswordHasher = .standard, registration: RegistrationPolicy = .open,
        searchWorker: SearchWorker? = nil
    ) {
        self.database = database
        self.caller = caller
        self.isDryRun = isDryRun
        self.clock = clock
        self.hasher = hasher.on(behalfOf: caller.address)
        self.registration = registration
        self.searchWorker = searchWorker
    }

    package func perform<U: UseCase>(_ useCase: U) async throws -> U.Output {
        var service = self
        service.useCaseClass = U.useCaseClass
        return try await translating { [service] in try await useCase.perform(on: service) }
    }

    /// Performs what only the operator may do. Whoever can open the database file is its operator.
    ///
    /// - Throws: `LMSError`.
    package func operate<U: OperatorUseCase>(_ useCase: U) async throws -> U.Output {
        try await translating { try await useCase.perform(on: self) }
    }

    private func translating<T>(_ body: () async throws -> T) async throws -> T {
        do {
            return try await body()
        } catch let error as DatabaseError {
            guard error.kind.isUnexpected, await database.isDamaged() else { throw told(error) }
            throw told(DatabaseError(.damaged, error))
        }
    }

    /// What is wrong with a server's database is no mistake of who asks: it is neither told to them nor theirs to mend.
    private func told(_ error: DatabaseError) -> LMSError {
        let told = LMSError(error)
        guard caller.via == .http, [.usage, .notFound].contains(told.code) else { return told }
        return LMSError(.io, told.message, hint: told.hint, causes: told.causes)
    }
}

/// Who asks, before the token is checked.
package struct Caller: Sendable {
    package let token: SessionToken?
    /// Where the request comes from; `local` for a command on the machine of the database.
    package let address: String
    package let via: Surface
    /// Is told who holds the token, once that is known.
    let whenKnown: (@Sendable (UserID) -> Void)?

    package init(
        token: SessionToken?, address: String, via: Surface,
        whenKnown: (@Sendable (UserID) -> Void)? = nil
    ) {
        self.token = token
        self.address = address
        self.via = via
        self.whenKnown = whenKnown
    }

    package static func local(token: SessionToken?) -> Caller {
        Caller(token: token, address: "local", via: .cli)
    }
}

// MARK: - Transactions

extension LocalService {
    /// How this service's write transactions end.
    var ending: WriteMode.Ending { isDryRun ? .dryRun : .commit }

    /// Reads for the principal, who is looked up in the same transaction.
    func read<T: Sendable>(_ body: @Sendable (Context) throws -> T) async throws -> T {
        let now = clock()
        let (result, principal) = try await database.read { connection in
            let context = try context(connection, at: now)
            return (try body(context), context.principal)
        }
        await touchSession(of: principal, at: now)
        return result
    }

    /// Writes for the principal, whose rights are read in the same transaction.
    func write<T: Sendable>(_ body: @escaping @Sendable (Context) throws -> T) async throws -> T {
        let now = clock()
        let (result, principal) = try await database.write(.durable(ending)) { connection in
            let context = try context(connection, at: now)
            return (try body(context), context.principal)
        }
        await touchSession(of: principal, at: now)
        return result
    }

    /// Writes for nobody in particular, unless this is a dry run.
    func writeUnsigned<T: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        let now = clock()
        return try await database.write(.durable(ending)) { connection in
            try body(transaction(connection, at: now))
        }
    }

    /// Writes very many rows, for the operator.
    func writeBulk<T: Sendable>(
        _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        let now = clock()
        return try await database.write(.durable(ending, rows: .bulk)) { connection in
            try body(transaction(connection, at: now))
        }
    }

    /// Reads for nobody in particular.
    func readUnsigned<T: Sendable>(_ body: @Sendable (Transaction) throws -> T) async throws -> T {
        let now = clock()
        return try await database.read { try body(transaction($0, at: now)) }
    }

    private func transaction(_ connection: any Connection, at now: Instant) -> Transaction {
        Transaction(connection: connection, now: now, via: caller.via, isDryRun: isDryRun)
    }

    private func context(_ connection: any Connection, at now: Instant) throws -> Context {
        guard let token = caller.token,
            let principal = try SessionRows(connection: connection).principal(token.hash, at: now)
        else { throw LMSError.notSignedIn }
        caller.whenKnown?(principal.id)
        try Policy.requireMay(useCaseClass, principal)
        return Context(transaction: transaction(connection, at: now), principal: principal)
    }

    /// Notes that a session is in use, at most once an hour. Nobody waits for it, and nothing fails
    /// because of it.
    private func touchSession(of principal: Principal, at now: Instant) async {
        // What was used later than now, the clock was wrong then.
        let hour = Lifetime(seconds: 3600)
        let isFresh = principal.lastUsedAt.map { $0 > now - hour && $0 <= now + hour } ?? false
        guard !isDryRun, !isFresh else { return }
        try? await database.write(.unsynced(whenBusy: .fail)) { connection in
            try SessionRows(connection: connection).touch(principal.session, at: now)
        }
    }
}
