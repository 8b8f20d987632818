internal import LMSCore
internal import LMSText

/// The answer to a request that failed: the error as `application/problem+json`. Source: RFC 9457.
struct ProblemDetails: Codable, Sendable {
    static let contentType = "application/problem+json"

    let type: String
    let title: String
    let status: Int
    let code: String
    let detail: String
    let hint: String?
    let retryAfter: Int?
    let problems: [FileProblem]?
    let requestID: String?

    enum CodingKeys: String, CodingKey {
        case type, title, status, code, detail, hint
        case retryAfter = "retry_after"
        case problems
        case requestID = "request_id"
    }

    /// - Parameter requestID: What the server's log calls the request.
    init(_ error: LMSError, requestID: String) {
        let status = ErrorStatus.of(error.code)
        let isOurs = status >= 500
        type = "about:blank"
        title = Self.title(status)
        self.status = status
        code = error.code.rawValue
        // What went wrong inside is for the server's log.
        detail = isOurs ? Self.words(error.code) : error.message
        hint = isOurs ? Self.hint(error.code) : error.hint
        retryAfter = error.retryAfter ?? (status == 503 ? 5 : nil)
        problems = isOurs ? nil : error.problems
        self.requestID = isOurs ? requestID : nil
    }

    /// The error that a server answered, for a client.
    var error: LMSError? {
        guard let code = LMSError.Code(named: code) else { return nil }
        let reference = requestID.map { "If it goes on, tell your administrator: request \($0)." }
        let hints = [hint.map(Self.cut), reference].compactMap { $0 }
        return LMSError(
            code, Self.cut(detail), hint: hints.isEmpty ? nil : hints.joined(separator: " "),
            retryAfter: retryAfter, problems: problems?.prefix(100).map(Self.cut))
    }

    private static func cut(_ problem: FileProblem) -> FileProblem {
        FileProblem(file: cut(problem.file), at: problem.location, message: cut(problem.message))
    }

    /// A server's words are shown, but only so many.
    private static func cut(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(4000)))
    }

    private static func words(_ code: LMSError.Code) -> String {
        switch code {
        case .busy: "the server is busy"
        case .io: "the server cannot use its database now"
        default: "the server made a mistake"
        }
    }

    private static func hint(_ code: LMSError.Code) -> String? {
        code == .busy ? "Try again in a moment." : nil
    }

    /// The status in words. Source: RFC 9110, section 15.
    static func title(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Error"
        }
    }
}
