internal import LMSCore

/// Finds the route of a request: the table of routes, ordered for looking up.
struct RouteTable: Sendable {
    enum Match: Sendable {
        case route(Route, parameters: [JSONValue.Member])
        /// The path is there, but not for this method.
        case wrongMethod(allowed: [String])
        case nothing
    }

    private struct Entry: Sendable {
        let path: PathTemplate
        var routes: [Route]
    }

    /// By how many segments a path has.
    private let entries: [Int: [Entry]]

    init(_ routes: [Route]) {
        var entries: [Int: [Entry]] = [:]
        for route in routes {
            var sameLength = entries[route.path.segments.count] ?? []
            if let index = sameLength.firstIndex(where: { $0.path.segments == route.path.segments }) {
                sameLength[index].routes.append(route)
            } else {
                sameLength.append(Entry(path: route.path, routes: [route]))
            }
            entries[route.path.segments.count] = sameLength
        }
        self.entries = entries
    }

    func match(_ method: String, _ path: Substring) -> Match {
        guard path.hasPrefix("/") else { return .nothing }
        let segments = PathSegments(path)
        for entry in entries[segments.segments.count] ?? [] {
            guard let parameters = entry.path.match(segments) else { continue }
            if let route = entry.routes.first(where: { $0.method.rawValue == method }) {
                return .route(route, parameters: parameters)
            }
            return .wrongMethod(allowed: entry.routes.map(\.method.rawValue))
        }
        return .nothing
    }
}
