internal import Foundation
internal import HTTPTypes
internal import HummingbirdCore
internal import LMSCore
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// One request, and what goes back.
final class Exchange: Sendable {
    let request: Request
    let path: Substring
    let query: Substring
    /// What the throttle counts.
    let address: String
    let requestID: String
    /// Who asks, once that is known.
    let user = Mutex<UserID?>(nil)

    init(request: Request, path: Substring, query: Substring, address: String, requestID: String) {
        self.request = request
        self.path = path
        self.query = query
        self.address = address
        self.requestID = requestID
    }

    /// The client left, or was cut, before its request was whole: nobody is there to be answered.
    struct ClientGone: Error {
        /// What the log calls it, as nginx does.
        static let status = 499
    }

    // MARK: - Reading

    /// The bearer token; `nil` where there is none, or more than one. Source: RFC 6750, section 2.1.
    var token: SessionToken? {
        let values = request.headers[values: .authorization]
        guard values.count == 1, let value = values.first else { return nil }
        let words = value.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: true)
        guard words.count == 2, words[0].count == 6, String(words[0])?.lowercased() == "bearer" else {
            return nil
        }
        return String(words[1]).flatMap { SessionToken($0) }
    }

    /// Whether a browser fetches this before anybody has asked for it.
    var isPrefetch: Bool {
        [Header.purpose, Header.secPurpose].contains { name in
            request.headers[values: name].contains { $0.lowercased().contains("prefetch") }
        }
    }

    private var mayHaveBody: Bool {
        request.headers[.contentLength].map { $0 != "0" } ?? (request.headers[.transferEncoding] != nil)
    }

    /// - Throws: `LMSError` `tooLarge`, or `ClientGone`.
    func body(upTo limit: Int) async throws -> ByteBuffer? {
        guard mayHaveBody else { return nil }
        var body = ByteBuffer()
        try await readBody(upTo: limit) { body.writeImmutableBuffer($0) }
        return body.readableBytes == 0 ? nil : body
    }

    /// Reads a body for nothing but its length.
    ///
    /// - Throws: `LMSError` `tooLarge`, or `ClientGone`.
    func discardBody(upTo limit: Int) async throws {
        guard mayHaveBody else { return }
        try await readBody(upTo: limit) { _ in }
    }

    private func readBody(upTo limit: Int, _ take: (ByteBuffer) -> Void) async throws {
        var count = 0
        var parts = request.body.makeAsyncIterator()
        while let part = try await next(&parts) {
            count += part.readableBytes
            guard count <= limit else { throw LMSError.bodyTooLarge(limit) }
            take(part)
        }
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
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    /// Where the list goes on. Source: RFC 8288.
    private func link(to next: String) -> String {
        var members = ((try? QueryString.members(query)) ?? []).filter { $0.key != "after" }
        members.append(JSONValue.Member(key: "after", value: .string(next)))
        return "<\(path)\(QueryString.text(members))>; rel=\"next\""
    }

    func response(to error: LMSError) -> Response {
        let (head, body) = Self.refusal(error, requestID)
        var headers = head.headerFields
        switch error.code {
        case .notSignedIn where request.headers.contains(.authorization):
            headers[.wwwAuthenticate] = "Bearer realm=\"lms\", error=\"invalid_token\""
        case .notSignedIn, .wrongPassword: headers[.wwwAuthenticate] = "Bearer realm=\"lms\""
        // What is still to come of the body is not read.
        case .tooLarge where mayHaveBody: headers[.connection] = "close"
        default: break
        }
        return response(head.status, headers, body)
    }

    func wrongMethod(allowed: [String]) -> Response {
        let error = LMSError(.methodNotAllowed, "\(request.method.rawValue) has no meaning here")
        let (head, body) = Self.refusal(error, requestID)
        var headers = head.headerFields
        headers[.allow] = allowed.joined(separator: ", ")
        return response(head.status, headers, body)
    }

    func response(_ page: FixedPages.Page, ready: () async throws -> Void) async throws -> Response {
        if page.needsDatabase { try await ready() }
        return response(
            .ok, Self.headers(requestID, contentType: "application/json"), ByteBuffer(bytes: page.body))
    }

    /// An answer to HEAD has no body, whatever it says.
    private func response(_ status: HTTPResponse.Status, _ headers: HTTPFields, _ body: ByteBuffer)
        -> Response
    {
        var headers = headers
        headers[.contentLength] = String(body.readableBytes)
        let isHead = request.method == .head
        return Response(
            status: status, headers: headers, body: isHead ? ResponseBody() : ResponseBody(byteBuffer: body))
    }

    /// An error as it is answered, also where no request was understood.
    static func refusal(_ error: LMSError, _ requestID: String) -> (head: HTTPResponse, body: ByteBuffer) {
        let problem = Problem(error, requestID: requestID)
        var headers = headers(requestID, contentType: Problem.contentType)
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
