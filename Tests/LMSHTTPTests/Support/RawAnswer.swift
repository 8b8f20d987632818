import LMSCore
import LMSTestSupport
import Testing

/// An answer as it came over the wire.
struct RawAnswer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The one value of a header; `nil` where it is missing, or stands twice.
    subscript(header: String) -> String? {
        let found = headers.filter { $0.name.lowercased() == header.lowercased() }
        return found.count == 1 ? found[0].value : nil
    }

    var json: JSONValue {
        get throws {
            do { return try JSONValue(body) } catch { throw Missing(what: "JSON in '\(text)'") }
        }
    }

    /// The code of a problem.
    var code: String? { (try? json)?["code"]?.string }
    var detail: String { (try? json)?["detail"]?.string ?? "" }

    func string(_ key: String) throws -> String { try #require(json[key]?.string, "\(key) in \(text)") }

    func number(_ key: String) throws -> Int {
        guard case .number(let digits) = try json[key], let number = Int(digits) else {
            throw Missing(what: "the number \(key) in \(text)")
        }
        return number
    }

    var items: [JSONValue] {
        get throws {
            guard case .array(let items) = try json["items"] else { throw Missing(what: "items in \(text)") }
            return items
        }
    }
}

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

/// The contract's table of codes and statuses, written down a second time.
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
