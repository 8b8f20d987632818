internal import HTTPTypes
internal import Hummingbird
internal import LMSCore
internal import LMSDatabase
internal import Synchronization

/// What Hummingbird hands over with a request: the address at the other end.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let peer: String?

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}

/// Answers requests: finds the route, checks what must be checked before it, and performs its use case.
///
/// The order of checks is http.md's: 413, 401, 400 or 415, then the use case's own.
struct APIResponder: HTTPResponder {
    typealias Context = ConnectionContext

    let database: any Database
    let options: ServerOptions
    let clock: Clock
    let hasher: PasswordHasher
    let log: ServerLog
    let table = RouteTable(Routes.all)
    let pages: FixedPages

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let start = ContinuousClock.now
        let target = request.head.path ?? "/"
        let path = target.prefix { $0 != "?" }
        let query = target.dropFirst(path.count + 1)
        let caller = ClientAddress(trustedProxies: options.trustedProxies).find(
            peer: context.peer, forwarded: request.headers[values: Header.forwardedFor])
        let exchange = Exchange(
            request: request, path: path, query: query, address: caller.counted,
            requestID: RequestNumber.next())

        let outcome: (response: Response, cause: String?)
        do {
            outcome = (try await answer(exchange), nil)
        } catch let error as LMSError {
            outcome = (exchange.response(to: error), error.cause ?? error.message)
        } catch let error as JSONInput.ShapeError {
            outcome = (exchange.response(to: LMSError(error)), nil)
        }
        log.note(
            ServerLog.Access(
                method: request.method.rawValue, path: path, status: outcome.response.status.code,
                duration: ContinuousClock.now - start, user: exchange.user.withLock { $0 },
                address: caller.shown, requestID: exchange.requestID,
                detail: outcome.response.status.code >= 500 ? outcome.cause : nil))
        return outcome.response
    }

    /// How many bytes a body may have.
    func bodyLimit(_ head: HTTPRequest) -> Int {
        let path = (head.path ?? "/").prefix { $0 != "?" }
        if case .route(let route, _) = table.match(head.method.rawValue, path) { return route.bodyLimit }
        return Route.BodyLimit.small
    }

    private func answer(_ exchange: Exchange) async throws -> Response {
        let request = exchange.request
        if let length = request.headers[.contentLength].flatMap(Int.init), length > bodyLimit(request.head) {
            throw LMSError.bodyTooLarge(bodyLimit(request.head))
        }
        switch table.match(request.method.rawValue, exchange.path) {
        case .route(let route, let parameters):
            return try await perform(route, parameters, exchange)
        case .wrongMethod(let allowed):
            return exchange.wrongMethod(allowed: allowed)
        case .nothing:
            guard let page = pages.page(at: exchange.path) else {
                throw LMSError(.notFound, "there is nothing at this address", hint: "See /openapi.json")
            }
            guard request.method == .get else { return exchange.wrongMethod(allowed: ["GET"]) }
            return try await exchange.response(page, ready: isReady)
        }
    }

    private func isReady() async throws {
        try await service(nil, Exchange.nobody, isRehearsal: false).operate(ProbeDatabase())
    }

    // MARK: - Use cases

    private func perform(
        _ route: Route, _ parameters: [JSONValue.Member], _ exchange: Exchange
    ) async throws -> Response {
        if route.isDeprecated, exchange.isPrefetch {
            throw LMSError(.denied, "this address changes data, so it is not fetched ahead")
        }
        let token = exchange.token
        let request = try await input(of: route, exchange, token)
        let fields: (members: [JSONValue.Member], isRehearsal: Bool)
        let answer: Route.Answer
        do {
            fields = try request.fields(parameters)
            answer = try await route.perform(
                .object(fields.members), isText: !route.method.takesBody,
                on: service(token, exchange, isRehearsal: fields.isRehearsal))
        } catch let error as JSONInput.ShapeError {
            // Whoever is not signed in learns that first.
            try await requireSession(route, token, exchange)
            throw error
        }
        return exchange.response(answer)
    }

    /// Reads the body, where the caller may send one of its size.
    private func input(
        of route: Route, _ exchange: Exchange, _ token: SessionToken?
    ) async throws -> RequestInput {
        let body = exchange.request
        let isLarge =
            body.headers[.transferEncoding] != nil
            || (body.headers[.contentLength].flatMap(Int.init) ?? 0) > Route.BodyLimit.small
        if route.needsSession, token == nil {
            try await exchange.discardBody(upTo: route.bodyLimit)
            throw LMSError.notSignedIn
        }
        if isLarge {
            do {
                try await requireSession(route, token, exchange)
            } catch {
                try await exchange.discardBody(upTo: route.bodyLimit)
                throw error
            }
        }
        return RequestInput(
            route: route, query: exchange.query, body: try await exchange.body(upTo: route.bodyLimit),
            headers: body.headers)
    }

    /// - Throws: `LMSError` `notSignedIn` where the route is not open to all and the token is not alive.
    private func requireSession(_ route: Route, _ token: SessionToken?, _ exchange: Exchange) async throws {
        guard route.needsSession else { return }
        _ = try await service(token, exchange, isRehearsal: false).perform(WhoAmI())
    }

    private func service(
        _ token: SessionToken?, _ exchange: Exchange, isRehearsal: Bool
    ) -> LocalService {
        LocalService(
            database: database,
            caller: Caller(token: token, address: exchange.address, via: .http) { id in
                exchange.user.withLock { $0 = id }
            },
            isRehearsal: isRehearsal, clock: clock, hasher: hasher, registration: options.registration)
    }
}

extension LMSError {
    init(_ error: JSONInput.ShapeError) {
        self.init(.malformed, error.field.isEmpty ? error.problem : "'\(error.field)': \(error.problem)")
    }

    static func bodyTooLarge(_ limit: Int) -> LMSError {
        LMSError(.tooLarge, "the request is too large: at most \(limit) bytes fit here")
    }
}

/// The names of requests: unlike each other, and unlike those of another server.
enum RequestNumber {
    private static let first = UInt64.random(in: .min ... .max)
    private static let count = Atomic<UInt64>(0)

    static func next() -> String {
        let number = first &+ count.wrappingAdd(1, ordering: .relaxed).newValue
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
