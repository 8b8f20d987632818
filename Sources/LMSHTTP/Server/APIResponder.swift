internal import HTTPTypes
internal import HummingbirdCore
internal import LMSCore
internal import LMSDatabase
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Answers requests: finds the route, checks what must be checked before it, and performs its use case.
///
/// The order of checks is http.md's: 413, 401, 400 or 415, then the use case's own.
struct APIResponder: Sendable {
    let database: any Database
    let options: ServerOptions
    let clock: Clock
    let hasher: PasswordHasher
    let log: ServerLog
    let pages: FixedPages
    private let table = RouteTable(Routes.all)
    private let bodies: BodyBudget
    private let date: DateHeader

    init(
        database: any Database, options: ServerOptions, clock: @escaping Clock, hasher: PasswordHasher,
        log: ServerLog, pages: FixedPages
    ) {
        self.database = database
        self.options = options
        self.clock = clock
        self.hasher = hasher
        self.log = log
        self.pages = pages
        date = DateHeader(clock: clock)
        bodies = BodyBudget(readers: max(1, options.workers / 2))
    }

    /// Reads one request and writes its answer.
    ///
    /// - Throws: `Exchange.ClientGone`.
    func respond(
        to request: Request, _ writer: consuming ResponseWriter, from channel: any Channel
    ) async throws {
        var response = try await response(to: request, peer: channel.remoteAddress?.ipAddress)
        response.headers[.date] = date.now()
        do {
            try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
            // What follows is no request: Hummingbird would answer twice.
            throw Exchange.ClientGone()
        }
    }

    private func response(to request: Request, peer: String?) async throws -> Response {
        let start = ContinuousClock.now
        let target = request.head.path ?? "/"
        let path = target.prefix { $0 != "?" }
        let query = target.dropFirst(path.count + 1)
        let caller = ClientAddress(trustedProxies: options.trustedProxies).find(
            peer: peer, forwarded: request.headers[values: Header.forwardedFor])
        let exchange = Exchange(
            request: request, path: path, query: query, address: caller.counted,
            requestID: RequestNumber.next())

        func note(_ status: Int, _ cause: String? = nil) {
            log.note(
                ServerLog.Access(
                    method: request.method.rawValue, path: path, status: status,
                    duration: ContinuousClock.now - start, user: exchange.user.withLock { $0 },
                    address: caller.shown, requestID: exchange.requestID,
                    detail: status >= 500 ? cause : nil))
        }
        do {
            let response = try await answer(exchange)
            note(response.status.code)
            return response
        } catch let error as Exchange.ClientGone {
            note(Exchange.ClientGone.status)
            throw error
        } catch {
            let failure = LMSError(serving: error)
            note(ErrorStatus.of(failure.code), failure.cause ?? failure.message)
            return exchange.response(to: failure)
        }
    }

    /// Answers what is no request.
    func refusal(_ error: LMSError) -> (HTTPResponse, ByteBuffer) {
        let requestID = RequestNumber.next()
        var (head, body) = Exchange.refusal(error, requestID)
        head.headerFields[.connection] = "close"
        head.headerFields[.date] = date.now()
        log.note(
            ServerLog.Access(
                method: "", path: "", status: head.status.code, duration: .zero, user: nil, address: "",
                requestID: requestID, detail: nil))
        return (head, body)
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
            if let field = try QueryString.members(exchange.query).first {
                throw JSONInput.ShapeError.unknown(field)
            }
            return try await exchange.response(page, ready: isReady)
        }
    }

    private func isReady() async throws {
        try await LocalService(
            database: database, caller: Caller(token: nil, address: "local", via: .http), clock: clock
        ).operate(ProbeDatabase())
    }

    // MARK: - Use cases

    private func perform(
        _ route: Route, _ parameters: [JSONValue.Member], _ exchange: Exchange
    ) async throws -> Response {
        let token = exchange.token
        if route.isDeprecated, exchange.isPrefetch {
            try await requireSession(route, token, exchange)
            throw LMSError(.denied, "this address changes data, so it is not fetched ahead")
        }
        let length = BodyBudget.length(of: exchange.request, atMost: route.bodyLimit)
        try await requireCaller(of: route, token, exchange, isLarge: BodyBudget.isLarge(length))
        return try await bodies.reserving(length) {
            let input = RequestInput(
                route: route, query: exchange.query, body: try await exchange.body(upTo: route.bodyLimit),
                headers: exchange.request.headers)
            do {
                let fields = try await bodies.reading(input, for: exchange.address) {
                    try $0.fields(parameters)
                }
                let service = service(token, exchange, isRehearsal: fields.isRehearsal)
                let answer = try await bodies.answering(route, for: exchange.address) {
                    try await route.perform(
                        .object(fields.members), isText: !route.method.takesBody, on: service)
                }
                return exchange.response(answer)
            } catch let error where Self.isAboutShape(error) {
                // Whoever is not signed in learns that first.
                try await requireSession(route, token, exchange)
                throw error
            }
        }
    }

    private static func isAboutShape(_ error: any Error) -> Bool {
        error is JSONInput.ShapeError || (error as? LMSError)?.code == .unsupportedType
    }

    /// Keeps a body only of somebody who may send one of its size; of all others it is counted, for 413
    /// goes before 401.
    private func requireCaller(
        of route: Route, _ token: SessionToken?, _ exchange: Exchange, isLarge: Bool
    ) async throws {
        guard route.needsSession, token == nil || isLarge else { return }
        do {
            guard token != nil else { throw LMSError.notSignedIn }
            try await requireSession(route, token, exchange)
        } catch {
            try await exchange.discardBody(upTo: route.bodyLimit)
            throw error
        }
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
    /// What kept a request from being answered.
    fileprivate init(serving error: any Error) {
        switch error {
        case let error as LMSError: self = error
        case let error as JSONInput.ShapeError:
            let place = error.field.isEmpty ? "" : "'\(error.field)': "
            self.init(.malformed, place + error.problem)
        default: self.init(.internal, "lms made a mistake", cause: "\(error)")
        }
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
