internal import LMSCore
internal import LMSText
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// One request, and what goes back.
final class Exchange: Sendable {
    let head: RequestHead
    let path: Substring
    let query: Substring
    /// The client's address, as it is counted.
    let address: String
    let requestID: String
    private let connection: ServedConnection
    private let state = Mutex(State())

    private struct State {
        var user: UserID?
        var isDryRun = false
        /// Whether all of the body was taken from the connection.
        var isBodyRead = false
        /// What the request holds of each allotment until the exchange is over.
        var holdings: [Holding] = []
    }

    private struct Holding {
        let memory: Allotment
        let holder: Holder
        var count: Int
    }

    init(
        head: RequestHead, address: String, requestID: String, connection: ServedConnection
    ) {
        self.head = head
        path = head.target.prefix { $0 != "?" }
        query = head.target.dropFirst(path.count + 1)
        self.address = address
        self.requestID = requestID
        self.connection = connection
    }

    /// The client left, or was cut, before its request was whole: nobody is there to be answered.
    struct ClientGone: Error {
        /// The status that the server log has for it, as nginx has it.
        static let status = 499
    }

    /// The account of the principal, once that is known.
    var user: UserID? {
        get { state.withLock { $0.user } }
        set { state.withLock { $0.user = newValue } }
    }

    /// Whether everything is rolled back.
    var isDryRun: Bool {
        get { state.withLock { $0.isDryRun } }
        set { state.withLock { $0.isDryRun = newValue } }
    }

    var holder: Holder { Holder(address: address, account: user) }

    /// Whether the query may have words to search for: a field `q`, however it is written.
    var maySearch: Bool { query.utf8.contains { $0 == UInt8(ascii: "q") || $0 == UInt8(ascii: "%") } }

    /// What is asked for, and by whom; `nil` where that is not known.
    var question: AnswerSizes.Request? {
        user.map { AnswerSizes.Request(path: path, query: query, account: $0) }
    }

    // MARK: - Holding

    /// Notes that so much was taken of an allotment, to be given back when the exchange is over.
    func keep(_ count: Int, in memory: Allotment, for holder: Holder) {
        guard count > 0 else { return }
        state.withLock { state in
            if let index = state.holdings.firstIndex(where: { $0.memory === memory }) {
                state.holdings[index].count += count
            } else {
                state.holdings.append(Holding(memory: memory, holder: holder, count: count))
            }
        }
    }

    /// Corrects how much is held of an allotment, now that this is known.
    func keepExactly(_ count: Int, in memory: Allotment) {
        let holder = holder
        let (counted, before) = state.withLock { state in
            guard let index = state.holdings.firstIndex(where: { $0.memory === memory }) else {
                if count > 0 {
                    state.holdings.append(Holding(memory: memory, holder: holder, count: count))
                }
                return (holder, 0)
            }
            defer { state.holdings[index].count = count }
            return (state.holdings[index].holder, state.holdings[index].count)
        }
        if count > before { memory.takeAnyway(count - before, for: counted) }
        memory.giveBack(before - count, for: counted)
    }

    /// Gives back what is held of an allotment, or of all.
    func release(_ memory: Allotment? = nil) {
        let released = state.withLock { state in
            let released = state.holdings.filter { memory == nil || $0.memory === memory }
            state.holdings.removeAll { memory == nil || $0.memory === memory }
            return released
        }
        for holding in released { holding.memory.giveBack(holding.count, for: holding.holder) }
    }

    // MARK: - Reading

    /// Reads the body, and takes room for it as it comes.
    ///
    /// - Throws: `LMSError` `tooLarge` or `busy`, or `ClientGone`.
    func body(upTo limit: Int, in memory: Allotment) async throws -> [UInt8]? {
        guard head.body != .none else { return nil }
        let holder = holder
        var body: [UInt8] = []
        try await readBody(upTo: limit, keeps: true) { part in
            let more = max(0, body.count + part.readableBytes - max(Self.uncounted, body.count))
            try await memory.take(more, for: holder)
            keep(more, in: memory, for: holder)
            // Only address space is taken at once, memory as bytes come. So no body is moved while it grows.
            if body.count > Self.reserving, body.capacity < expectedSize(limit) {
                body.reserveCapacity(expectedSize(limit))
            }
            part.withUnsafeReadableBytes { body.append(contentsOf: $0) }
        }
        return body.isEmpty ? nil : body
    }

    /// Reads a body only to count it: a client whose connection is cut while it sends would not read why.
    ///
    /// - Throws: `LMSError` `tooLarge`, or `ClientGone`.
    func discardBody(upTo limit: Int) async throws {
        // A client that waits for 100 Continue does not get it, and sends nothing.
        guard head.body != .none, !head.expectsContinue else { return }
        try await readBody(upTo: limit, keeps: false) { _ in }
    }

    private static let reserving = 1 << 20
    /// In bytes: so much of each body is bounded by the number of connections. Sign-ins and small writes wait for nobody's
    /// large ones.
    private static let uncounted = 16 << 10

    private func expectedSize(_ limit: Int) -> Int {
        if case .announced(let count) = head.body { min(count, limit) } else { limit }
    }

    private func readBody(
        upTo limit: Int, keeps: Bool, _ take: (ByteBuffer) async throws -> Void
    ) async throws {
        connection.wantsBody(keeps: keeps)
        var count = 0
        while let part = try await next() {
            count += part.readableBytes
            guard count <= limit else { throw LMSError.bodyTooLarge(limit) }
            try await take(part)
        }
        state.withLock { $0.isBodyRead = true }
    }

    private func next() async throws -> ByteBuffer? {
        do {
            return try await connection.nextPart()
        } catch let error as HTTPParserError where error != .invalidEOFState {
            throw LMSError(.malformed, "the body of the request breaks off")
        } catch {
            throw ClientGone()
        }
    }

    // MARK: - Answering

    func response(_ answer: Route.Answer) -> Response {
        var response = response(.ok, ByteBuffer(bytes: answer.body))
        if answer.isCreated { response.status = .created }
        if let location = answer.location { response.headers.add(name: "Location", value: location) }
        if let next = answer.next { response.headers.add(name: "Link", value: link(to: next)) }
        return response
    }

    func response(_ fixed: FixedAnswer) -> Response { response(.ok, fixed.body) }

    private func response(_ status: HTTPResponseStatus, _ body: ByteBuffer) -> Response {
        withoutBodyForHead(
            Response(status, body, contentType: "application/json", requestID))
    }

    /// An answer to HEAD has no body, whatever it says.
    private func withoutBodyForHead(_ response: Response) -> Response {
        guard head.method == "HEAD" else { return response }
        var response = response
        response.body = ByteBuffer()
        return response
    }

    /// A link to the next page. Source: RFC 8288.
    private func link(to next: String) -> String {
        var members = ((try? QueryString.members(query)) ?? []).filter { $0.key != "after" }
        members.append(JSONValue.Member(key: "after", value: .string(next)))
        return "<\(path)\(QueryString.text(members))>; rel=\"next\""
    }

    func response(to error: LMSError) -> Response {
        var response = Response(error, requestID)
        switch error.code {
        case .notSignedIn where head.hasAuthorization:
            response.headers.add(name: "WWW-Authenticate", value: "Bearer realm=\"lms\", error=\"invalid_token\"")
        case .notSignedIn, .wrongPassword:
            response.headers.add(name: "WWW-Authenticate", value: "Bearer realm=\"lms\"")
        default: break
        }
        response.closes = leavesBody
        return withoutBodyForHead(response)
    }

    /// Whether so much of the body is still to come that it is not read to its end.
    private var leavesBody: Bool {
        if state.withLock({ $0.isBodyRead }) { return false }
        return switch head.body {
        case .none: false
        case .announced(let count): count > Route.BodyLimit.signIn
        case .chunked: true
        }
    }

    func wrongMethod(allowed: [String]) -> Response {
        var response = Response(
            LMSError(.methodNotAllowed, "\(head.method) has no meaning here"), requestID)
        response.headers.add(name: "Allow", value: allowed.joined(separator: ", "))
        return withoutBodyForHead(response)
    }
}
