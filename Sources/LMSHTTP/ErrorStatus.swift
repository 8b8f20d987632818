package import LMSCore

/// The status of an answer that says what went wrong.
package enum ErrorStatus {
    /// As Docs/HTTP.md documents it.
    package static func of(_ code: LMSError.Code) -> Int {
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
}
