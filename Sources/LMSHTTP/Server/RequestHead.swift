internal import LMSCore
internal import NIOHTTP1

/// What the headers of a request say: how its body is framed, who sends it, and from where.
///
/// The headers are read once, as they came, and all parts of the server ask this value, so that no two of them can understand
/// one header differently. Two readers of one `Content-Length` once disagreed about 2^63, and the one that kept the body took
/// it for none.
struct RequestHead: Sendable {
    /// How a request's body comes. Source: RFC 9112, section 6.3.
    enum Body: Sendable, Equatable {
        case none
        /// So many bytes; more than an `Int` holds are `Int.max`.
        case announced(Int)
        case chunked
    }

    let method: String
    /// The path and the query, as they came.
    let target: String
    private(set) var body = Body.none
    /// Whether the client waits for 100 Continue before it sends its body.
    private(set) var expectsContinue = false
    /// Whether the client wants no other request on this connection.
    private(set) var closes: Bool
    /// The bearer token; `nil` where there is none, or more than one. Source: RFC 6750, section 2.1.
    private(set) var token: SessionToken?
    private(set) var hasAuthorization = false
    /// Whether the body is said to be JSON.
    private(set) var isJSON = false
    /// Whether a browser fetches this before anybody has asked for it.
    private(set) var isPrefetch = false
    /// The values of `X-Forwarded-For`.
    private(set) var forwarded: [String] = []
    /// Why this request cannot be answered but with a refusal, after which the connection ends.
    private(set) var refusal: LMSError?

    init(_ head: HTTPRequestHead) {
        method = head.method.rawValue
        target = Self.originForm(head.uri)
        var found = Found()
        for (name, value) in head.headers { found.note(name, value) }
        let isOld = head.version.major < 1 || (head.version.major == 1 && head.version.minor < 1)
        let wishes = found.isPlain ? found.connection.flatMap(Self.words) : []
        // After a wish for another protocol, the bytes that follow may be of that one.
        let changes = head.method == .CONNECT || (found.hasUpgrade && wishes.contains("upgrade"))
        closes = wishes.contains("close") || changes || (isOld && !wishes.contains("keep-alive"))
        guard found.isPlain else {
            refusal = LMSError(.malformed, "a header that is read here has signs other than those of ASCII")
            closes = true
            return
        }
        do throws(LMSError) {
            try Self.checkHost(found.host, isNeeded: !isOld)
            body = try Self.framing(found, isOld: isOld)
        } catch {
            refusal = error
            closes = true
        }
        expectsContinue =
            !isOld && body != .none && found.expectation.contains { $0.lowercased() == "100-continue" }
        hasAuthorization = !found.authorization.isEmpty
        token = found.authorization.count == 1 ? Self.bearer(found.authorization[0]) : nil
        isJSON = !found.isEncoded && found.contentType.count == 1 && Self.isJSON(found.contentType[0])
        isPrefetch = found.purpose.contains { $0.lowercased().contains("prefetch") }
        forwarded = found.forwarded
    }

    /// The values of the fields that matter, in the order in which they came.
    private struct Found {
        /// Whether all values have the signs of ASCII alone, as each of these fields must.
        var isPlain = true
        var hasUpgrade = false
        var host: [String] = []
        var connection: [String] = []
        var length: [String] = []
        var coding: [String] = []
        var expectation: [String] = []
        var authorization: [String] = []
        var contentType: [String] = []
        var isEncoded = false
        var purpose: [String] = []
        var forwarded: [String] = []

        mutating func note(_ name: String, _ value: String) {
            guard take(name, value) else { return }
            // Texts beyond ASCII take long to compare: a letter of them may have very many marks.
            if !value.utf8.allSatisfy({ $0 < 0x80 }) { isPlain = false }
        }

        /// - Returns: Whether the field matters.
        private mutating func take(_ name: String, _ value: String) -> Bool {
            switch name.utf8.count {
            case 4 where Self.same(name, "host"): host.append(value)
            case 6 where Self.same(name, "expect"): expectation.append(value)
            case 7 where Self.same(name, "purpose"): purpose.append(value)
            case 10 where Self.same(name, "connection"): connection.append(value)
            case 11 where Self.same(name, "sec-purpose"): purpose.append(value)
            case 12 where Self.same(name, "content-type"): contentType.append(value)
            case 13 where Self.same(name, "authorization"): authorization.append(value)
            case 14 where Self.same(name, "content-length"): length.append(value)
            case 15 where Self.same(name, "x-forwarded-for"): forwarded.append(value)
            case 16 where Self.same(name, "content-encoding"): isEncoded = true
            case 17 where Self.same(name, "transfer-encoding"): coding.append(value)
            case 7 where Self.same(name, "upgrade"): hasUpgrade = true
            default: return false
            }
            return true
        }

        /// - Parameter lower: In small letters.
        private static func same(_ name: String, _ lower: StaticString) -> Bool {
            name.utf8.elementsEqual(
                UnsafeBufferPointer(start: lower.utf8Start, count: lower.utf8CodeUnitCount)
            ) { $0 | 0x20 == $1 | 0x20 }
        }
    }

    /// A target as clients write it for a server: a whole address, as proxies get it, without its beginning. Source: RFC 9112,
    /// section 3.2.2.
    private static func originForm(_ target: String) -> String {
        guard target.utf8.first.map({ $0 != UInt8(ascii: "/") }) ?? false else { return target }
        let lower = target.prefix(8).lowercased()
        guard let scheme = ["http://", "https://"].first(where: lower.hasPrefix) else { return target }
        let rest = target.utf8.dropFirst(scheme.utf8.count)
        let path = rest.drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        return (path.first == UInt8(ascii: "/") ? "" : "/") + String(Substring(path))
    }

    // MARK: - One field each

    /// Exactly one, with something in it. Source: RFC 9112, section 3.2; RFC 9110, section 4.2.1.
    private static func checkHost(_ values: [String], isNeeded: Bool) throws(LMSError) {
        guard values.count == 1 || (values.isEmpty && !isNeeded) else {
            throw LMSError(.malformed, values.isEmpty ? "Host is missing" : "Host stands twice")
        }
        guard let value = values.first else { return }
        var port = value.utf8[...]
        if value.utf8.first == UInt8(ascii: "[") {
            port = port.drop { $0 != UInt8(ascii: "]") }.dropFirst()
        } else {
            port = port.drop { $0 != UInt8(ascii: ":") }
        }
        let name = value.utf8.dropLast(port.count)
        let isPort =
            port.isEmpty
            || (port.first == UInt8(ascii: ":") && port.count <= 6 && port.dropFirst().allSatisfy(isDigit))
        let isWhole = (name.first == UInt8(ascii: "[")) == (name.last == UInt8(ascii: "]"))
        guard !name.isEmpty, name.allSatisfy(isOfHost), isWhole, isPort else {
            throw LMSError(.malformed, "Host names no host")
        }
    }

    private static func framing(_ found: Found, isOld: Bool) throws(LMSError) -> Body {
        guard found.coding.isEmpty else {
            // HTTP/1.0 has none. Source: RFC 9112, section 6.1.
            guard !isOld, found.coding.count == 1, found.coding[0].lowercased() == "chunked" else {
                throw LMSError(.malformed, "this Transfer-Encoding is not known here: only chunked is")
            }
            guard found.length.isEmpty else {
                throw LMSError(.malformed, "Content-Length and Transfer-Encoding do not go together")
            }
            return .chunked
        }
        guard let length = found.length.first else { return .none }
        guard found.length.count == 1 else { throw LMSError(.malformed, "Content-Length stands twice") }
        guard !length.isEmpty, length.utf8.allSatisfy(isDigit) else {
            throw LMSError(.malformed, "Content-Length is no number")
        }
        let count = Int(length) ?? .max
        return count == 0 ? .none : .announced(count)
    }

    private static func bearer(_ value: String) -> SessionToken? {
        var value = value
        return value.withUTF8 { bytes in
            let words = bytes.split(separator: UInt8(ascii: " "))
            guard words.count == 2, words[0].elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 }) else { return nil }
            return SessionToken(String(decoding: words[1], as: UTF8.self))
        }
    }

    private static func isJSON(_ type: String) -> Bool {
        let parts = type.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\"" } }
        return parts.first == "application/json" && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" }
    }

    private static func words(_ value: String) -> [String] {
        value.lowercased().split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// What may stand in a name or an address. Source: RFC 3986, section 3.2.2.
    private static func isOfHost(_ byte: UInt8) -> Bool {
        PercentEncoding.isUnreserved(byte) || "%!$&'()*+,;=:[]".utf8.contains(byte)
    }
}
