package import LMSCore

/// How a server is set up.
package struct ServerOptions: Sendable {
    package var host: String
    /// 0 for any that is free.
    package var port: Int
    /// The files of the certificate chain and its key, both PEM.
    package var tls: (certificate: String, key: String)?
    package var trustedProxies: [AddressRange]
    package var registration: RegistrationPolicy
    package var logLevel: LogLevel
    /// Whether the log tells what happened inside with all its causes.
    package var logsCauses: Bool
    /// How many threads answer.
    package var workers: Int
    package var limits: ConnectionLimits

    package init(
        host: String = "127.0.0.1", port: Int = 8080, tls: (certificate: String, key: String)? = nil,
        trustedProxies: [AddressRange] = [], registration: RegistrationPolicy = .open,
        logLevel: LogLevel = .info, logsCauses: Bool = false, workers: Int,
        limits: ConnectionLimits = ConnectionLimits()
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.trustedProxies = trustedProxies
        self.registration = registration
        self.logLevel = logLevel
        self.logsCauses = logsCauses
        self.workers = workers
        self.limits = limits
    }

    /// - Throws: `LMSError` `io` where the certificate cannot be used.
    package func validate() throws {
        if let tls { _ = try TLSFiles(tls.certificate, tls.key).context() }
    }

    /// How many read the database at once: the threads that answer, those for work that takes long, and the search worker.
    package var readers: Int { workers + ServerLoad.slowReaders(workers: workers) + 1 }

    /// Whether only this machine can reach it.
    package var isOnLoopback: Bool {
        host == "localhost" || IPAddress(host).map(\.isLoopback) ?? false
    }
}

/// How long a connection, and the work for it, may take for what, and how much there may be.
package struct ConnectionLimits: Sendable {
    /// In seconds, from the first byte of a request to the end of its headers.
    package var headers: Int64 = 10
    /// In seconds, for a whole request or answer; `bytesPerSecond` gives more.
    package var request: Int64 = 30
    /// Another second for so many bytes, so that slow links pass and stalled clients are cut.
    package var bytesPerSecond: Int64 = 16 << 10
    /// In seconds, between requests.
    package var idle: Int64 = 30
    package var connections = 1000
    /// In bytes: the request line and the headers.
    package var headerBytes = 32 << 10
    /// In seconds: what a search may take.
    package var search = 10
    /// In seconds: what takes long may take, and a second more for each MiB of its body.
    package var work = 30
    /// In seconds: how long requests in flight may go on once the server is told to stop.
    package var stop: Int64 = 600

    package init() {}
}
