internal import LMSCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// One HTTP/1.1 connection to a server, on which one request follows the other.
struct ClientConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<ClientHandler>

    /// How long it takes at most until a request can be sent: the connection, and TLS.
    private static let patience = TimeAmount.seconds(5)

    /// - Parameter tls: What is spoken with a server whose scheme is `https`.
    /// - Throws: `ConnectionFailure`.
    static func open(
        to origin: Origin, tls: NIOSSLContext?, on group: any EventLoopGroup
    ) async throws -> ClientConnection {
        let deadline = NIODeadline.now() + patience
        // Of a host's addresses several may be tried at once, each with a channel and a handler of its own.
        let bootstrap = ClientBootstrap(group: group.next())
            .connectTimeout(patience)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try setUp(channel, tls: tls, host: origin.host) }
            }
        do {
            // An address needs no look-up, for which there would be a thread of its own.
            let address = try? SocketAddress(ipAddress: origin.host, port: origin.port)
            let connecting =
                address.map { bootstrap.connect(to: $0) } ?? bootstrap.connect(host: origin.host, port: origin.port)
            let channel = try await connecting.get()
            let handler = try await channel.eventLoop.submit {
                NIOLoopBound(
                    try channel.pipeline.syncOperations.handler(type: ClientHandler.self),
                    eventLoop: channel.eventLoop)
            }.get()
            let connection = ClientConnection(channel: channel, handler: handler)
            try await connection.onLoop { $0.whenReady($1, until: deadline) }
            return connection
        } catch {
            throw ConnectionFailure(connecting: error)
        }
    }

    private static func setUp(
        _ channel: any Channel, tls: NIOSSLContext?, host: String
    ) throws {
        let pipeline = channel.pipeline.syncOperations
        if let tls {
            // The name of a host is also sent, and an address is not. Source: RFC 6066, section 3.
            let name = IPAddress(host) == nil ? host : nil
            try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
        }
        var encoder = HTTPRequestEncoder.Configuration()
        encoder.automaticallySetFramingHeaders = false
        try pipeline.addHTTPClientHandlers(
            leftOverBytesStrategy: .dropBytes, enableOutboundHeaderValidation: false, encoderConfiguration: encoder)
        try pipeline.addHandler(ClientHandler(awaitsTLS: tls != nil))
    }

    /// Whether another request can be sent.
    var isOpen: Bool { channel.isActive }

    /// Sends a request and waits for its answer.
    ///
    /// - Returns: The answer, and whether another request may follow.
    /// - Throws: `ConnectionFailure`; the connection has ended then.
    func answer(
        to head: HTTPRequestHead, body: [UInt8]?
    ) async throws -> (answer: ServerConnection.Answer, staysOpen: Bool) {
        do {
            return try await withTaskCancellationHandler {
                try await onLoop { $0.send(head, body.map { ByteBuffer(bytes: $0) }, $1) }
            } onCancel: {
                close()
            }
        } catch {
            close()
            throw ConnectionFailure(error)
        }
    }

    func close() { channel.close(promise: nil) }

    private func onLoop<T: Sendable>(
        _ act: @escaping @Sendable (ClientHandler, CheckedContinuation<T, any Error>) -> Void
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            channel.eventLoop.execute { [handler] in act(handler.value, continuation) }
        }
    }
}
