internal import LMSCore
internal import NIOSSL

/// A certificate chain and its key in two PEM files.
struct TLSFiles {
    private let certificate: String
    private let key: String

    init(_ certificate: String, _ key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// - Throws: `LMSError` `io` that names the file that cannot be used.
    func context() throws -> NIOSSLContext {
        let chain: [NIOSSLCertificate]
        do { chain = try NIOSSLCertificate.fromPEMFile(certificate) } catch {
            throw unusable(certificate, "certificate")
        }
        guard !chain.isEmpty else { throw unusable(certificate, "certificate") }
        let privateKey: NIOSSLPrivateKey
        do { privateKey = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
            throw unusable(key, "private key")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // For the client's own goodbye.
        configuration.shutdownTimeout = .seconds(1)
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw LMSError(
                .io, "the certificate in \(certificate) and the key in \(key) do not belong together")
        }
    }

    private func unusable(_ file: String, _ what: String) -> LMSError {
        LMSError(.io, "\(file) cannot be read, or holds no \(what) in PEM form")
    }
}
