internal import LMSCore
internal import LMSText
internal import NIOCore
internal import NIOHTTP1

/// An answer to a request.
struct Response: Sendable {
    var status: HTTPResponseStatus
    /// With `Content-Length`, which nobody adds. `Connection` is added where the answer is written.
    var headers: HTTPHeaders
    var body: ByteBuffer
    /// Whether the connection ends with it.
    var closes = false
}

extension Response {
    /// An answer with the headers that all have.
    init(_ status: HTTPResponseStatus, _ body: ByteBuffer, contentType: String, _ requestID: String) {
        self.init(
            status: status,
            headers: [
                "Content-Type": contentType, "Content-Length": String(body.readableBytes),
                "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Request-Id": requestID,
            ], body: body)
    }

    /// An error as it is answered, also where no request was understood.
    init(_ error: LMSError, _ requestID: String) {
        let problem = ProblemDetails(error, requestID: requestID)
        self.init(
            HTTPResponseStatus(statusCode: problem.status, reasonPhrase: problem.title),
            ByteBuffer(bytes: (try? JSONOutput.bytes(problem)) ?? []), contentType: ProblemDetails.contentType,
            requestID)
        if let seconds = problem.retryAfter { headers.add(name: "Retry-After", value: String(seconds)) }
    }
}
