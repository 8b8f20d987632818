internal import HTTPTypes
internal import HummingbirdCore
internal import LMSCore
internal import LMSText
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// One request, and what goes back.
final class Exchange: Sendable {
    let request: Request
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
        request: Request, head: RequestHead, path: Substring, query: Substring, address: String,
        requestID: String, connection: ServedConnection
    ) {
        self.request = request
        self.head = head
        self.path = path
        self.query = query
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
        var parts = request.body.makeAsyncIterator()
        while let part = try await next(&parts) {
            count += part.readableBytes
            guard count <= limit else { throw LMSError.bodyTooLarge(limit) }
            try await take(part)
        }
        state.withLock { $0.isBodyRead = true }
    }

    private func next(_ parts: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
        do {
            return try await parts.next()
        } catch let error as HTTPParserError where error != .invalidEOFState {
            throw LMSError(.malformed, "the body of the request breaks off")
        } catch {
            throw ClientGone()
        }
    }

    // MARK: - Answering

    func response(_ answer: Route.Answer) -> Response {
        var headers = Self.headers(requestID, contentType: "application/json")
        if let location = answer.location { headers[.location] = location }
        if let next = answer.next { headers[Header.link] = link(to: next) }
        return Response(
            status: answer.isCreated ? .created : .ok, headers: headers,
            body: Self.body(ByteBuffer(bytes: answer.body)))
    }

    /// A large body goes in pieces, each when the one before has left.
    private static func body(_ bytes: ByteBuffer) -> ResponseBody {
        guard bytes.readableBytes > piece else { return ResponseBody(byteBuffer: bytes) }
        return ResponseBody(contentLength: bytes.readableBytes) { writer in
            var rest = bytes
            while let next = rest.readSlice(length: min(piece, rest.readableBytes)), next.readableBytes > 0 {
                try await writer.write(next)
            }
            try await writer.finish(nil)
        }
    }

    private static let piece = 32 << 10

    /// A link to the next page. Source: RFC 8288.
    private func link(to next: String) -> String {
        var members = ((try? QueryString.members(query)) ?? []).filter { $0.key != "after" }
        members.append(JSONValue.Member(key: "after", value: .string(next)))
        return "<\(path)\(QueryString.text(members))>; rel=\"next\""
    }

    func response(to error: LMSError) -> Response {
        let (answer, body) = Self.refusal(error, requestID)
        var headers = answer.headerFields
        switch error.code {
        case .notSignedIn where head.hasAuthorization:
            headers[.wwwAuthenticate] = "Bearer realm=\"lms\", error=\"invalid_token\""
        case .notSignedIn, .wrongPassword: headers[.wwwAuthenticate] = "Bearer realm=\"lms\""
        default: break
        }
        if leavesBody { headers[.connection] = "close" }
        return response(answer.status, headers, body)
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
        let error = LMSError(.methodNotAllowed, "\(request.method.rawValue) has no meaning here")
        let (head, body) = Self.refusal(error, requestID)
        var headers = head.headerFields
        headers[.allow] = allowed.joined(separator: ", ")
        return response(head.status, headers, body)
    }

    func response(_ fixed: FixedAnswer) -> Response {
        response(.ok, Self.headers(requestID, contentType: "application/json"), fixed.body)
    }

    /// An answer to HEAD has no body, whatever it says.
    private func response(_ status: HTTPResponse.Status, _ headers: HTTPFields, _ body: ByteBuffer)
        -> Response
    {
        var headers = headers
        headers[.contentLength] = String(body.readableBytes)
        let isHead = request.method == .head
        return Response(
            status: status, headers: headers, body: isHead ? ResponseBody() : Self.body(body))
    }

    /// An error as it is answered, also where no request was understood.
    static func refusal(_ error: LMSError, _ requestID: String) -> (head: HTTPResponse, body: ByteBuffer) {
        let problem = ProblemDetails(error, requestID: requestID)
        var headers = headers(requestID, contentType: ProblemDetails.contentType)
        if let seconds = problem.retryAfter { headers[.retryAfter] = String(seconds) }
        let body = ByteBuffer(bytes: (try? JSONOutput.bytes(problem)) ?? [])
        headers[.contentLength] = String(body.readableBytes)
        return (
            HTTPResponse(
                status: .init(code: problem.status, reasonPhrase: problem.title), headerFields: headers), body
        )
    }

    private static func headers(_ requestID: String, contentType: String) -> HTTPFields {
        var headers = HTTPFields()
        headers[.contentType] = contentType
        headers[.cacheControl] = "no-store"
        headers[Header.contentTypeOptions] = "nosniff"
        headers[Header.requestID] = requestID
        return headers
    }
}
