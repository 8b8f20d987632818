internal import LMSCore
internal import LMSText
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// The connection to one server. Nothing that is sent through it, a token above all, goes to another one.
package final class ServerConnection: Sendable {
    package let origin: Origin
    private let group: any EventLoopGroup
    private let tls: NIOSSLContext?
    /// The connections that nobody uses now.
    private let idle = Mutex<[ClientConnection]>([])

    struct Answer: Sendable, CustomStringConvertible {
        let status: Int
        let isProblem: Bool
        let body: [UInt8]

        var description: String { "the server answered \(status), with \(counted(body.count, "byte"))" }
    }

    /// The pauses before a request is sent again, in milliseconds: as many as there are further attempts.
    private static let pauses: [Int64] = [100, 400]

    /// - Parameter authority: The file of a CA that is trusted besides the system's.
    /// - Throws: `LMSError` `io` where the file cannot be used.
    package init(to origin: Origin, authority: String?) throws {
        self.origin = origin
        tls = origin.scheme == .https ? try Self.tls(trusting: authority) : nil
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    }

    private static func tls(trusting authority: String?) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let authority { configuration.additionalTrustRoots = [.certificates(try certificates(authority))] }
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw LMSError(.io, "the certificates that this machine trusts cannot be read", causes: ["\(error)"])
        }
    }

    private static func certificates(_ file: String) throws -> [NIOSSLCertificate] {
        let found = Result { try NIOSSLCertificate.fromPEMFile(file) }
        guard case .success(let certificates) = found, !certificates.isEmpty else {
            let causes = if case .failure(let error) = found { ["\(error)"] } else { [String]() }
            throw LMSError(
                .io, "\(file) cannot be read, or holds no certificate in PEM form", causes: causes)
        }
        return certificates
    }

    /// Ends the connection. A process that ends need not call it.
    package func close() async {
        try? await group.shutdownGracefully()
    }

    /// Makes sure that a server of lms is there, and its certificate is trusted.
    ///
    /// - Throws: `LMSError` `unavailable`.
    package func probe() async throws {
        let answer = try await send(.health, token: nil)
        guard answer.status == 200 || answer.isProblem else {
            throw LMSError.nonsense(from: origin, writing: false)
        }
    }

    /// Sends a request. It is sent again only where nothing can be done twice by that: it reads, or never left. A read whose
    /// answer is cut in half has failed, without a doubt (exit code 69). Of such a write it is said that it may have been done.
    ///
    /// - Throws: `LMSError` `unavailable`.
    func send(_ request: RemoteRequest, token: SessionToken?) async throws -> Answer {
        var pauses = Self.pauses[...]
        while true {
            do {
                return try await attempt(request, token)
            } catch let failure as ConnectionFailure {
                guard failure.isWorthAnotherTry, failure.wasNeverSent || request.method == .get,
                    let pause = pauses.popFirst()
                else { throw failure.error(to: origin, request) }
                try await Task.sleep(for: .milliseconds(pause))
            }
        }
    }

    private func attempt(_ request: RemoteRequest, _ token: SessionToken?) async throws -> Answer {
        let connection = try await connection()
        let (answer, staysOpen) = try await connection.answer(
            to: head(of: request, token), body: request.body)
        if staysOpen { idle.withLock { $0.append(connection) } } else { connection.close() }
        return answer
    }

    /// One that is open, or a new one.
    private func connection() async throws -> ClientConnection {
        while let kept = idle.withLock({ $0.popLast() }) {
            if kept.isOpen { return kept }
        }
        return try await ClientConnection.open(to: origin, tls: tls, on: group)
    }

    private func head(of request: RemoteRequest, _ token: SessionToken?) -> HTTPRequestHead {
        var headers: HTTPHeaders = ["Host": origin.authority, "Accept": "application/json"]
        if let token { headers.add(name: "Authorization", value: "Bearer \(token.secret)") }
        if let body = request.body {
            headers.add(name: "Content-Type", value: "application/json")
            headers.add(name: "Content-Length", value: String(body.count))
        } else if request.method.takesBody {
            headers.add(name: "Content-Length", value: "0")
        }
        return HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method.rawValue), uri: request.target,
            headers: headers)
    }
}
