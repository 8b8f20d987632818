package import LMSCore
internal import LMSText

/// Performs use cases on a server, for the holder of a token.
package struct RemoteService: LMSService {
    private let connection: ServerConnection
    private let token: SessionToken?
    private let isDryRun: Bool
    private let pagination = PaginationGuard()

    /// - Parameters:
    ///   - isDryRun: Let the server do everything, then take it back (`--dry-run`).
    package init(_ connection: ServerConnection, token: SessionToken?, isDryRun: Bool = false) {
        self.connection = connection
        self.token = token
        self.isDryRun = isDryRun
    }

    package func perform<U: UseCase>(_ useCase: U) async throws -> U.Output {
        let request = try RemoteRequest(useCase, isDryRun: isDryRun)
        let answer = try await connection.send(request, token: token)
        guard (200..<300).contains(answer.status) else { throw failure(answer, request) }
        let output: U.Output
        do {
            output = try JSONInput.value(U.Output.self, from: try JSONValue(answer.body), .response)
        } catch {
            throw LMSError.nonsense(from: connection.origin, writing: request.writes)
                .caused(by: [answer.description, "\(error)"])
        }
        if let page = output as? any AnyPage,
            !pagination.add(page, after: request.after, limit: request.limit)
        {
            throw LMSError.endless(from: connection.origin)
        }
        return output
    }

    /// What the server says went wrong; its own words only where they have the form of ours.
    private func failure(_ answer: ServerConnection.Answer, _ request: RemoteRequest) -> LMSError {
        if (300..<400).contains(answer.status) {
            return LMSError(
                .unavailable, "\(connection.origin) sends lms elsewhere, and lms does not follow",
                hint: "Name the server by its own address.", causes: [answer.description])
        }
        guard answer.isProblem, let document = try? JSONValue(answer.body),
            let details = try? JSONInput.value(ProblemDetails.self, from: document, .response),
            details.status == answer.status, let error = details.error
        else {
            // A proxy in between, whose server may have done its work.
            return LMSError.nonsense(
                from: connection.origin, writing: request.writes && answer.status >= 500
            ).caused(by: [answer.description])
        }
        return error.caused(by: [answer.description])
    }
}

extension LMSError {
    static func endless(from origin: Origin) -> LMSError {
        LMSError(
            .unavailable, "\(origin) sends a list that has no end",
            hint: "Is it a server of lms? Try: curl \(origin)/healthz")
    }

    /// - Parameter writing: Whether something may have been changed.
    static func nonsense(from origin: Origin, writing: Bool) -> LMSError {
        LMSError(
            .unavailable,
            "\(origin) answered something that lms does not understand"
                + (writing ? ": it may have been done" : ""),
            hint: "Is it a server of lms? Try: curl \(origin)/healthz")
    }
}
