internal import AsyncHTTPClient
internal import Glibc
internal import HTTPTypes
internal import LMSCore
internal import LMSDatabase
internal import LMSText
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

internal import struct SystemPackage.Errno

/// The connection to one server. Nothing that is sent through it, a token above all, goes to another one.
package final class ServerConnection: Sendable {
    package let origin: Origin
    private let client: HTTPClient

    struct Answer: Sendable, CustomStringConvertible {
        let status: Int
        let isProblem: Bool
        let body: [UInt8]

        var description: String { "the server answered \(status), with \(counted(body.count, "byte"))" }
    }

    /// The pauses before a request is sent again, in milliseconds: as many as there are further attempts.
    private static let pauses: [Int64] = [100, 400]
    /// In seconds.
    private static let (connectLimit, requestLimit): (Int64, Int64) = (5, 30)
    /// What a slow link gets beyond `requestLimit`: another second for so many bytes.
    private static let bytesPerSecond: Int64 = 16 << 10
    private static let answerLimit = 64 << 20

    /// - Parameter authority: The file of a CA that is trusted besides the system's.
    /// - Throws: `LMSError` `io` where the file cannot be used.
    package init(to origin: Origin, authority: String?) throws {
        self.origin = origin
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(
            connect: .seconds(Self.connectLimit), read: .seconds(Self.requestLimit),
            write: .seconds(Self.requestLimit))
        configuration.connectionPool.retryConnectionEstablishment = false
        if origin.scheme == .https {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.minimumTLSVersion = .tlsv12
            if let authority { tls.additionalTrustRoots = [.certificates(try Self.certificates(authority))] }
            configuration.tlsConfiguration = tls
        }
        client = HTTPClient(
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)),
            configuration: configuration)
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
        try? await client.shutdown()
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
            } catch let failure as Failure {
                guard failure.isWorthAnotherTry, failure.wasNeverSent || request.method == .get,
                    let pause = pauses.popFirst()
                else { throw failure.error(to: origin, request) }
                try await Task.sleep(for: .milliseconds(pause))
            }
        }
    }

    private func attempt(_ request: RemoteRequest, _ token: SessionToken?) async throws -> Answer {
        var message = HTTPClientRequest(url: origin.description + request.target)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        message.headers.add(name: "Accept", value: "application/json")
        if let token { message.headers.add(name: "Authorization", value: "Bearer \(token.secret)") }
        if let body = request.body {
            message.headers.add(name: "Content-Type", value: "application/json")
            message.body = .bytes(ByteBuffer(bytes: body))
        }
        let start = NIODeadline.now()
        let sent = Int64(request.body?.count ?? 0)
        do {
            let deadline = start + Self.allowance(sent)
            let response = try await client.execute(message, deadline: deadline)
            var body: [UInt8] = []
            for try await part in response.body {
                body.append(contentsOf: part.readableBytesView)
                guard body.count <= Self.answerLimit else { throw Failure(.tooMuch) }
                guard NIODeadline.now() - start < Self.allowance(sent + Int64(body.count)) else {
                    throw Failure(.tooSlow)
                }
            }
            let type = response.headers.first(name: "Content-Type") ?? ""
            return Answer(
                status: Int(response.status.code),
                isProblem: type.lowercased().hasPrefix(ProblemDetails.contentType),
                body: body)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(error)
        }
    }

    private static func allowance(_ bytes: Int64) -> TimeAmount {
        .seconds(requestLimit + bytes / bytesPerSecond)
    }
}

// MARK: - Failures

extension ServerConnection {
    /// Why there is no answer.
    private struct Failure: Error {
        enum Reason {
            case refused
            case connectTimeout
            case unknownHost
            case certificate
            case noTLS
            case tooSlow
            case tooMuch
            case lost
        }

        let reason: Reason
        /// What the libraries say.
        let causes: [String]

        init(_ reason: Reason) {
            self.reason = reason
            causes = []
        }

        init(_ error: any Error) {
            causes = Self.causes(of: error)
            switch error {
            case let error as NIOConnectionError:
                let isUnknown = error.connectionErrors.isEmpty
                reason = isUnknown ? .unknownHost : .refused
            case let error as HTTPClientError where error == .connectTimeout: reason = .connectTimeout
            case let error as HTTPClientError
            where error == .deadlineExceeded || error == .readTimeout || error == .writeTimeout:
                reason = .tooSlow
            case NIOSSLError.handshakeFailed(let failure):
                reason = Self.speaksNoTLS("\(failure)") ? .noTLS : .certificate
            case let error as NIOSSLExtraError where error == .failedToValidateHostname: reason = .certificate
            case let error as IOError where error.errnoCode == ECONNREFUSED: reason = .refused
            default: reason = .lost
            }
        }

        /// An error of a connection's holds those of the addresses that were tried, which hold the system's.
        private static func causes(of error: any Error) -> [String] {
            let beneath: [String] =
                switch error {
                case let error as NIOConnectionError: error.connectionErrors.flatMap { causes(of: $0.error) }
                case let error as IOError: [Errno(rawValue: error.errnoCode).cause]
                default: []
                }
            return ["\(type(of: error)): \(error)"] + beneath
        }

        /// Whether what came back was no TLS. Source: BoringSSL's reasons, include/openssl/ssl.h.
        private static func speaksNoTLS(_ failure: String) -> Bool {
            ["WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "WRONG_SSL_VERSION"]
                .contains { failure.contains($0) }
        }

        /// Whether the server cannot have seen the request.
        var wasNeverSent: Bool {
            switch reason {
            case .refused, .connectTimeout, .unknownHost, .certificate, .noTLS: true
            case .tooSlow, .tooMuch, .lost: false
            }
        }

        var isWorthAnotherTry: Bool {
            switch reason {
            case .refused, .lost: true
            case .connectTimeout, .unknownHost, .certificate, .noTLS, .tooSlow, .tooMuch: false
            }
        }

        func error(to origin: Origin, _ request: RemoteRequest) -> LMSError {
            let words =
                switch reason {
                case .refused: "\(origin) does not answer"
                case .connectTimeout: "\(origin) cannot be reached"
                case .unknownHost: "there is no host '\(origin.host)'"
                case .certificate: "the certificate of \(origin) is not to be trusted"
                case .noTLS: "\(origin) does not speak TLS"
                case .tooSlow: "\(origin) is too slow"
                case .tooMuch: "\(origin) sent more than lms takes"
                case .lost: "the connection to \(origin) broke"
                }
            guard wasNeverSent || !request.writes else {
                return LMSError(
                    .unavailable, "\(words): it may have been done", hint: "Look, before you do it again.",
                    causes: causes)
            }
            return LMSError(.unavailable, words, hint: hint, causes: causes)
        }

        private var hint: String {
            switch reason {
            case .certificate: "If the school has a CA of its own, name its file with --ca-file FILE."
            case .noTLS: "If it speaks plain HTTP, its address begins with http://."
            default: "Check the address and the network, then try again."
            }
        }
    }
}
