internal import LMSCore
internal import LMSText

/// Finds what answers a request: the table of routes, ordered for looking up, and the fixed answers.
///
/// A path is taken as it stands: doubled slashes and percent-encoded names are other paths, and a method that is not there is
/// told from a path that is not there.
struct RouteTable: Sendable {
    enum Match: Sendable {
        case route(Route, parameters: [JSONValue.Member])
        case fixed(FixedAnswer)
        /// The path is there, but not for this method.
        case wrongMethod(allowed: [String])
        case nothing

        /// How large a body may be, in bytes.
        var bodyLimit: Int {
            if case .route(let route, _) = self { route.bodyLimit } else { Route.BodyLimit.small }
        }
    }

    private struct Entry: Sendable {
        let path: PathTemplate
        var routes: [Route]
    }

    /// By how many segments a path has.
    private let entries: [Int: [Entry]]
    private let fixedAnswers: FixedAnswers

    init(_ routes: [Route], _ fixedAnswers: FixedAnswers) {
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
        self.fixedAnswers = fixedAnswers
    }

    func match(_ method: String, _ path: Substring) -> Match {
        guard path.utf8.first == UInt8(ascii: "/") else { return .nothing }
        let segments = PathSegments(path)
        for entry in entries[segments.segments.count] ?? [] {
            guard let parameters = entry.path.match(segments) else { continue }
            if let route = entry.routes.first(where: { $0.method.rawValue == method }) {
                return .route(route, parameters: parameters)
            }
            return .wrongMethod(allowed: entry.routes.map(\.method.rawValue))
        }
        guard let answer = fixedAnswers.answer(at: path) else { return .nothing }
        return method == Route.Method.get.rawValue
            ? .fixed(answer) : .wrongMethod(allowed: [Route.Method.get.rawValue])
    }
}
