internal import LMSCore
internal import LMSDatabase
internal import LMSText
internal import Synchronization

/// Answers requests: finds the route, checks what must be checked before it, and performs its use case.
struct APIResponder: Sendable {
    let database: any Database
    let options: ServerOptions
    let clock: Clock
    let hasher: PasswordHasher
    let log: ServerLog
    let searchWorker: SearchWorker
    private let table: RouteTable
    private let load: ServerLoad
    private let date: DateHeader

    init(
        database: any Database, options: ServerOptions, clock: @escaping Clock, hasher: PasswordHasher,
        log: ServerLog, fixedAnswers: FixedAnswers, searchWorker: SearchWorker
    ) {
        self.database = database
        self.options = options
        self.clock = clock
        self.hasher = hasher
        self.log = log
        table = RouteTable(Routes.all, fixedAnswers)
        self.searchWorker = searchWorker
        date = DateHeader(clock: clock)
        load = ServerLoad(workers: options.workers, limits: options.limits)
    }

    /// Answers a request.
    ///
    /// - Throws: `Exchange.ClientGone`, or `ChannelError` where the connection has ended.
    func respond(to head: RequestHead, on connection: ServedConnection) async throws {
        let caller = ClientAddress(trustedProxies: options.trustedProxies).find(
            peer: connection.peer, forwarded: head.forwarded)
        if !options.trustedProxies.isEmpty { connection.serves(caller.counted) }
        let exchange = Exchange(
            head: head, address: caller.counted, requestID: RequestNumber.next(), connection: connection)
        defer { exchange.release() }
        var response = try await response(exchange, address: caller.shown)
        exchange.release(load.bodies)
        response.headers.add(name: "Date", value: date.now())
        try await connection.write(response)
    }

    private func response(_ exchange: Exchange, address: String) async throws -> Response {
        let start = ContinuousClock.now

        func note(_ status: Int, _ failure: LMSError? = nil) {
            log.note(
                ServerLog.Access(
                    method: exchange.head.method, path: exchange.path, status: status,
                    duration: ContinuousClock.now - start, user: exchange.user, address: address,
                    requestID: exchange.requestID, isDryRun: exchange.isDryRun,
                    failure: failure))
        }
        do {
            let response = try await answer(exchange)
            note(Int(response.status.code))
            return response
        } catch let error where error is Exchange.ClientGone || Task.isCancelled {
            note(Exchange.ClientGone.status)
            throw Exchange.ClientGone()
        } catch {
            let failure = LMSError(serving: error)
            note(ErrorStatus.of(failure.code), failure)
            let response = exchange.response(to: failure)
            exchange.release()
            return response
        }
    }

    /// Answers bytes that are no HTTP request.
    func refusal(_ error: LMSError) -> Response {
        let requestID = RequestNumber.next()
        var response = Response(error, requestID)
        response.headers.add(name: "Date", value: date.now())
        log.note(
            ServerLog.Access(
                method: "", path: "", status: Int(response.status.code), duration: .zero, user: nil, address: "",
                requestID: requestID, isDryRun: false, failure: nil))
        return response
    }

    // MARK: - The order of checks

    /// Answers a request, after checks in the order that Docs/HTTP.md documents: of several things that are wrong, the
    /// client learns of the first of 413, 401, 400 or 415, 404, 403, 422 and 409.
    private func answer(_ exchange: Exchange) async throws -> Response {
        // 400: where this request ends cannot be told, so the connection ends with the answer.
        if let refusal = exchange.head.refusal { throw refusal }
        let match = table.match(exchange.head.method, exchange.path)
        // 413: Content-Length says that the body is too large.
        if case .announced(let length) = exchange.head.body, length > match.bodyLimit {
            throw LMSError.bodyTooLarge(match.bodyLimit)
        }
        switch match {
        case .nothing:
            throw LMSError(.notFound, "there is nothing at this address", hint: "See /openapi.json")
        case .wrongMethod(let allowed): return exchange.wrongMethod(allowed: allowed)
        case .fixed(let fixed): return try await answer(exchange, fixed)
        case .route(let route, let parameters):
            do {
                // 413 and 401: a body of unknown length turns out too large; nobody is signed in.
                try await requireCaller(of: route, exchange)
                // 413, 400, 415: the same of a body that is kept; it is not what it should be.
                let fields = try await fields(of: exchange, route, parameters)
                // 403: a browser fetches ahead what changes data.
                try await refusePrefetch(of: route, exchange)
                // 400: the fields are not those of the use case. Then 401, 404, 403, 422 and 409: the use case itself.
                return try await perform(route, fields, exchange)
            } catch let error where Self.isAboutShape(error) {
                // 401 goes before 400 and 415: the token of a small request is not looked up before its use case is
                // performed, which saves a transaction, and this one did not come so far.
                try await requireSession(route, exchange)
                throw error
            }
        }
    }

    private static func isAboutShape(_ error: any Error) -> Bool {
        error is JSONInput.ShapeError || (error as? LMSError)?.code == .unsupportedType
    }

    private func answer(_ exchange: Exchange, _ fixed: FixedAnswer) async throws -> Response {
        if let field = try QueryString.members(exchange.query).first {
            throw JSONInput.ShapeError.unknown(field)
        }
        if fixed.needsDatabase {
            try await LocalService(
                database: database, caller: Caller(token: nil, address: "local", via: .http), clock: clock
            ).operate(ProbeDatabase())
        }
        return exchange.response(fixed)
    }

    /// Reads what the request says. Its body is forgotten as soon as it is read.
    private func fields(
        of exchange: Exchange, _ route: Route, _ parameters: [JSONValue.Member]
    ) async throws -> RequestFields {
        let input = RequestInput(
            route: route, parameters: parameters, query: exchange.query,
            body: try await exchange.body(upTo: route.bodyLimit, in: load.bodies),
            isJSON: exchange.head.isJSON)
        let fields = try await load.reading(input, for: exchange.holder) { try $0.fields() }
        if fields.isDryRun { exchange.isDryRun = true }
        return fields
    }

    private func refusePrefetch(of route: Route, _ exchange: Exchange) async throws {
        guard route.isDeprecated, exchange.head.isPrefetch else { return }
        try await requireSession(route, exchange)
        throw LMSError(.denied, "this address changes data, so it is not fetched ahead")
    }

    private func perform(
        _ route: Route, _ fields: RequestFields, _ exchange: Exchange
    ) async throws -> Response {
        let service = service(exchange, isDryRun: fields.isDryRun)
        let members = fields.members
        let answer = try await load.answering(exchange, route, members, bodySize: fields.bodySize) {
            try await route.perform(.object(members), isText: !route.method.takesBody, on: service)
        }
        return exchange.response(answer)
    }

    // MARK: - Who asks

    /// Makes sure that somebody is signed in before a large body is kept, or much is done. Where nobody is, the body is
    /// counted, because 413 goes before 401, and thrown away, so that strangers cannot take memory.
    private func requireCaller(of route: Route, _ exchange: Exchange) async throws {
        guard route.needsSession, exchange.head.token == nil || mustBeKnown(route, exchange) else {
            return
        }
        do {
            guard exchange.head.token != nil else { throw LMSError.notSignedIn }
            try await requireSession(route, exchange)
        } catch {
            try await exchange.discardBody(upTo: route.bodyLimit)
            throw error
        }
    }

    /// Whether the token is looked up before anything else, because what follows costs more than that, and is counted for
    /// an account.
    private func mustBeKnown(_ route: Route, _ exchange: Exchange) -> Bool {
        switch exchange.head.body {
        case .none: break
        case .announced(let count): if count > Self.smallBody { return true }
        case .chunked: return true
        }
        return route.pace != .quick || exchange.maySearch || load.wasLarge(at: exchange.path)
    }

    /// In bytes: bodies up to this size are kept before the token is looked up.
    private static let smallBody = 4 << 10

    /// - Throws: `LMSError` `notSignedIn` where the route is not open to all and the token is not alive.
    private func requireSession(_ route: Route, _ exchange: Exchange) async throws {
        guard route.needsSession else { return }
        _ = try await service(exchange, isDryRun: false).perform(WhoAmI())
    }

    private func service(_ exchange: Exchange, isDryRun: Bool) -> LocalService {
        LocalService(
            database: database,
            caller: Caller(token: exchange.head.token, address: exchange.address, via: .http) { id in
                exchange.user = id
            },
            isDryRun: isDryRun, clock: clock, hasher: hasher, registration: options.registration,
            searchWorker: searchWorker)
    }
}

extension LMSError {
    /// What kept a request from being answered.
    fileprivate init(serving error: any Error) {
        switch error {
        case let error as LMSError: self = error
        case let error as JSONInput.ShapeError:
            let field = error.field.isEmpty ? "" : "'\(error.field)': "
            self.init(.malformed, field + error.reason)
        default: self.init(.internal, "lms made a mistake", causes: ["\(error)"])
        }
    }

    static func bodyTooLarge(_ limit: Int) -> LMSError {
        LMSError(.tooLarge, "the request is too large: at most \(limit) bytes fit here")
    }
}

/// Makes the ids of requests, none of which equals another, be it of another server.
enum RequestNumber {
    private static let first = UInt64.random(in: .min ... .max)
    private static let count = Atomic<UInt64>(0)

    static func next() -> String {
        let number = first &+ count.wrappingAdd(1, ordering: .relaxed).newValue
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
