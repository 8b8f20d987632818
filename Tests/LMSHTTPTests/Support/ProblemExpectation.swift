import LMSCore
import LMSTestSupport
import Testing

/// Expects a problem of this code, with its status.
func expectProblem(
    _ code: LMSError.Code, _ answer: RawAnswer, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(
        answer.status == httpStatus(code) && answer.code == code.rawValue,
        "\(comment.map { "\($0): " } ?? "")\(answer.status) \(answer.text.prefix(300))",
        sourceLocation: sourceLocation)
}

/// The table of codes and statuses in Docs/HTTP.md, written down a second time.
func httpStatus(_ code: LMSError.Code) -> Int {
    switch code {
    case .usage, .malformed: 400
    case .notSignedIn, .wrongPassword: 401
    case .denied: 403
    case .notFound: 404
    case .methodNotAllowed: 405
    case .conflict: 409
    case .tooLarge: 413
    case .unsupportedType: 415
    case .invalid: 422
    case .throttled: 429
    case .internal: 500
    case .io, .busy, .unavailable: 503
    }
}
