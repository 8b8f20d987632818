internal import LMSCore
internal import LMSText

/// A use case as an HTTP request.
struct RemoteRequest: Sendable {
    let method: Route.Method
    /// The path with its query.
    let target: String
    let body: [UInt8]?
    /// Whether something changes on the server.
    let writes: Bool
    /// Of a list: the cursor that the page follows, and how many rows it has at most.
    let after: String?
    let limit: Int

    /// Whether the server is there.
    static let health = RemoteRequest(reading: "/healthz")

    private init(reading target: String) {
        method = .get
        self.target = target
        body = nil
        writes = false
        after = nil
        limit = PageRequest.defaultLimit
    }

    /// - Throws: `LMSError` `internal` for a use case that no route leads to.
    init<U: UseCase>(_ useCase: U, isDryRun: Bool) throws {
        let document = try JSONOutput.value(useCase)
        let fields = document.members ?? []
        guard let route = Routes.route(of: U.self, fields: fields) else {
            throw LMSError(.internal, "this cannot be done on a server")
        }
        let inPath = route.path.parameters
        var queried = fields.filter { !inPath.contains($0.key) }
        if route.method.takesBody {
            body = queried.isEmpty ? nil : JSONOutput.bytes(.object(queried))
            queried = []
        } else {
            body = nil
        }
        if isDryRun, route.effect == .writes {
            queried.append(JSONValue.Member(key: "dry_run", value: .boolean(true)))
        }
        method = route.method
        target = route.path.path { document[$0]?.string } + QueryString.text(queried)
        after = document["after"]?.string
        limit = document["limit"]?.number.flatMap { Int($0) } ?? PageRequest.defaultLimit
        writes = route.effect != .reads && !isDryRun
    }
}
