internal import Dispatch
internal import Glibc
package import LMSCore
package import LMSDatabase
package import LMSText
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

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
    /// requests in flight end. Another signal ends them, too.
    ///
    /// - Parameter whenReady: Is told the address once connections are taken.
    /// - Throws: `LMSError` where the address cannot be had, or the certificate cannot be used.
    package func run(whenReady: @escaping @Sendable (String) -> Void) async throws {
        OpenFiles.allowAll()
        LargeBlocks.returnWhenFreed()
        let tls = try options.tls.map { try TLSFiles($0.certificate, $0.key).context() }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: options.workers)
        let searchWorker = SearchWorker(database)
        defer { searchWorker.stop() }
        defer { log.finish() }
        let roster = ConnectionRoster(limit: options.limits.connections)
        let pipeline = ServerPipeline(
            responder: try responder(searchWorker), limits: options.limits, roster: roster, tls: tls)
        let signals = StopSignals()
        let channel: any Channel
        do { channel = try await listen(on: group, pipeline) } catch { throw unusable(error) }
        whenReady(address(of: channel))
        // What the end of an earlier program left undone.
        searchWorker.wake()
        var stops = signals.stream.makeAsyncIterator()
        await stops.next()
        try? await channel.close()
        await stop(roster, signals)
        try? await group.shutdownGracefully()
    }

    private func listen(
        on group: MultiThreadedEventLoopGroup, _ pipeline: ServerPipeline
    ) async throws -> any Channel {
        try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // So that the gate is asked before each.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { [limit = options.limits.connections] channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([AcceptGate(limit: limit), AcceptBackoffHandler()])
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try pipeline.setUp(channel) }
            }
            .bind(host: options.host, port: options.port).get()
    }

    /// Lets the requests in flight end, for a limited time.
    private func stop(_ roster: ConnectionRoster, _ signals: borrowing StopSignals) async {
        let cut = DispatchWorkItem { roster.cut() }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Int(options.limits.stop)), execute: cut)
        let another = Task { [stream = signals.stream] in
            for await _ in stream { roster.cut() }
        }
        await roster.stop()
        another.cancel()
        cut.cancel()
    }

    private func responder(_ searchWorker: SearchWorker) throws -> APIResponder {
        APIResponder(
            database: database, options: options, clock: clock,
            hasher: PasswordHasher(
                parameters: hashing,
                executor: WorkerThreads(
                    count: min(options.workers, Processors.count))),
            log: log, fixedAnswers: FixedAnswers(document: try OpenAPI.document()), searchWorker: searchWorker
        )
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
