internal import Glibc
internal import LMSCore
internal import LMSDatabase
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

internal import struct SystemPackage.Errno

/// Why a server gave no answer.
struct ConnectionFailure: Error {
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

    init(_ reason: Reason, _ causes: [String] = []) {
        self.reason = reason
        self.causes = causes
    }

    /// - Parameter error: What kept a connection from being opened: nothing was sent.
    init(connecting error: any Error) {
        let failure = ConnectionFailure(error)
        self = failure.reason == .lost ? ConnectionFailure(.refused, failure.causes) : failure
    }

    init(_ error: any Error) {
        if let failure = error as? ConnectionFailure {
            self = failure
            return
        }
        causes = Self.causes(of: error)
        switch error {
        case let error as NIOConnectionError:
            let isUnknown = error.connectionErrors.isEmpty
            reason = isUnknown ? .unknownHost : .refused
        case ChannelError.connectTimeout: reason = .connectTimeout
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
