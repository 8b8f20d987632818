import LMSCore
import LMSTestSupport
import LMSText
import Synchronization

@testable import LMSHTTP

/// Performs use cases by plain requests, and keeps what was answered.
struct RawService: LMSService {
    let server: RunningServer
    let token: SessionToken?
    let isDryRun: Bool
    let record: Record

    /// What a server answered, in its order.
    final class Record: Sendable {
        struct Entry: Sendable {
            let route: Route
            let answer: RawAnswer
        }

        private let kept = Mutex<[Entry]>([])
        var entries: [Entry] { kept.withLock { $0 } }
        func add(_ entry: Entry) { kept.withLock { $0.append(entry) } }
    }

    func perform<U: UseCase>(_ useCase: U) async throws -> U.Output {
        let fields = try JSONOutput.value(useCase).members ?? []
        guard let route = Routes.route(of: U.self, fields: fields) else {
            throw Missing(what: "a route to \(U.self)")
        }
        var request = try RawRequest(useCase, by: route, token: token)
        if isDryRun, route.effect == .writes {
            request.target += (request.target.contains("?") ? "&" : "?") + "dry_run=true"
        }
        let answer = try await server.send(request)
        record.add(Record.Entry(route: route, answer: answer))
        if (200..<300).contains(answer.status) {
            return try JSONInput.value(U.Output.self, from: answer.json, .response)
        }
        let details = try JSONInput.value(ProblemDetails.self, from: answer.json, .response)
        guard let error = details.error else { throw Missing(what: "a code in \(answer.text)") }
        return try { throw error }()
    }
}
