internal import FoundationEssentials
internal import Glibc
internal import HTTPTypes
internal import HummingbirdCore
internal import HummingbirdTLS
package import LMSCore
package import LMSDatabase
package import LMSText
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import ServiceLifecycle
internal import Synchronization
internal import UnixSignals

/// `lms serve`: the API on one address, until it is told to stop.
package struct Server: Sendable {
    private let database: any Database
    private let options: ServerOptions
    private let clock: Clock
    private let hashing: Argon2Parameters
    private let log: ServerLog

    /// - Parameters:
    ///   - hashing: What a password's hash costs.
    ///   - logDescriptor: Where the log goes.
    package init(
        database: any Database, options: ServerOptions, clock: @escaping Clock,
        hashing: Argon2Parameters = .standard, logDescriptor: Int32
    ) {
        self.database = database
        self.options = options
        self.clock = clock
        self.hashing = hashing
        log = ServerLog(
            options.logLevel, hasCauses: options.logsCauses, descriptor: logDescriptor, clock: clock)
    }

    /// Serves until SIGTERM, SIGINT or the task's cancellation; then takes no new connections, and lets the
    /// requests in flight end.
    ///
    /// - Parameter whenReady: Is told the address once connections are taken.
    /// - Throws: `LMSError` where the address cannot be had, or the certificate cannot be used.
    package func run(whenReady: @escaping @Sendable (String) -> Void) async throws {
        OpenFiles.allowAll()
        LargeBlocks.returnWhenFreed()
        let logger = Logger(label: "lms") { _ in LibraryLogHandler(log: log) }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.workers)
        let searchWorker = SearchWorker(database)
        defer { searchWorker.stop() }
        let responder = try responder(searchWorker)
        let isRunning = Atomic<Bool>(false)
        let server = try protocols(responder).buildServer(
            configuration: ServerConfiguration(
                address: .hostname(options.host, port: options.port), backlog: 1024,
                availableConnectionsDelegate: RoomForOneMore(limit: options.limits.connections)),
            eventLoopGroup: group, logger: logger
        ) { _, _, _ in
            // Each connection has a responder of its own.
        } onServerRunning: { channel in
            isRunning.store(true, ordering: .relaxed)
            whenReady(address(of: channel))
            // What the end of an earlier program left undone.
            searchWorker.wake()
        }
        var lifecycle = ServiceGroupConfiguration(
            services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        lifecycle.maximumGracefulShutdownDuration = Duration.seconds(options.limits.stop)
        defer { log.finish() }
        do {
            try await ServiceGroup(configuration: lifecycle).run()
        } catch let error where !isRunning.load(ordering: .relaxed) && !(error is CancellationError) {
            throw unusable(error)
        }
    }

    private func responder(_ searchWorker: SearchWorker) throws -> APIResponder {
        APIResponder(
            database: database, options: options, clock: clock,
            hasher: PasswordHasher(
                parameters: hashing,
                executor: WorkerThreads(
                    count: min(options.workers, ProcessInfo.processInfo.activeProcessorCount))),
            log: log, fixedAnswers: FixedAnswers(document: try OpenAPI.document()), searchWorker: searchWorker
        )
    }

    private func protocols(_ responder: APIResponder) throws -> HTTPServerBuilder {
        let connection = HTTPConnection(
            limits: options.limits, roster: ConnectionRoster(limit: options.limits.connections),
            refusal: responder.refusal, respond: responder.respond)
        let plain = HTTPServerBuilder { _ in connection }
        guard let tls = options.tls else { return plain }
        return try .tls(plain, tlsConfiguration: try TLSFiles(tls.certificate, tls.key).serverConfiguration())
    }

    private func address(of channel: any Channel) -> String {
        let port = channel.localAddress?.port ?? options.port
        let host = options.host.contains(":") ? "[\(options.host)]" : options.host
        return "\(options.tls == nil ? "http" : "https")://\(host):\(port)"
    }

    private func unusable(_ error: any Error) -> LMSError {
        let reason =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: "another program has it"
            case EACCES: "ports below 1024 are for root"
            case EADDRNOTAVAIL: "it is no address of this machine"
            default: "it cannot be opened"
            }
        return LMSError(
            .unavailable, "\(options.host) port \(options.port) cannot be used: \(reason)",
            hint: "Choose others with --host and --port; --port 0 takes any that is free.",
            causes: ["\(error)"])
    }
}
