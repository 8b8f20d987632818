internal import LMSCore
internal import LMSText

/// What a request says, once it is known to be well formed.
struct RequestFields: Sendable {
    /// The fields of the use case, from path, query and body; whether they are the right ones is not known yet.
    let members: [JSONValue.Member]
    let isDryRun: Bool
    /// How large the body was, in bytes.
    let bodySize: Int
}

/// What a request says, as it came.
struct RequestInput: Sendable {
    let route: Route
    /// Of the path.
    let parameters: [JSONValue.Member]
    let query: Substring
    /// `nil` where there is none.
    let body: [UInt8]?
    let isJSON: Bool

    /// - Throws: `JSONInput.ShapeError`, or `LMSError` `unsupportedType`.
    func fields() throws -> RequestFields {
        let queried = try QueryString.members(query)
        let dryRun = route.effect == .writes ? queried.first { $0.key == "dry_run" } : nil
        let rest = queried.filter { $0.key != dryRun?.key }
        let isDryRun = try dryRun.map { try Self.truth(of: $0) } ?? false
        let members: [JSONValue.Member]
        if route.method.takesBody {
            if let field = rest.first { throw JSONInput.ShapeError.unknown(field) }
            members = try bodyMembers()
        } else {
            guard body == nil else {
                throw JSONInput.ShapeError(field: "", reason: "a \(route.method.rawValue) takes no body")
            }
            members = rest
        }
        // A field of the path, or one that this route does not have, must not come in query or body.
        if let field = members.first(where: { member in
            route.omitting.contains { member.key.isIdentical(to: $0) }
                || parameters.contains { member.key.isIdentical(to: $0.key) }
        }) {
            throw JSONInput.ShapeError.unknown(field)
        }
        return RequestFields(
            members: parameters + members, isDryRun: isDryRun, bodySize: body?.count ?? 0)
    }

    private func bodyMembers() throws -> [JSONValue.Member] {
        guard let body else { return [] }
        guard isJSON else {
            throw LMSError(
                .unsupportedType, "the body must be JSON", hint: "Say so with Content-Type: application/json")
        }
        let document: JSONValue
        do {
            document = try JSONValue(body)
        } catch {
            throw JSONInput.ShapeError(
                field: "", reason: "the body is no JSON: \(error.problem) (byte \(error.offset + 1))")
        }
        guard let members = document.members else {
            throw JSONInput.ShapeError(field: "", reason: "the body is no JSON object")
        }
        return members
    }

    private static func truth(of member: JSONValue.Member) throws -> Bool {
        switch member.value {
        case .string("true"): true
        case .string("false"): false
        default: throw JSONInput.ShapeError(field: member.key, reason: "true or false is expected")
        }
    }
}
