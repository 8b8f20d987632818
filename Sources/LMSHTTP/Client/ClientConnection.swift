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
        let loop = group.next()
        let handler = try await loop.submit { NIOLoopBound(ClientHandler(awaitsTLS: tls != nil), eventLoop: loop) }.get()
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(patience)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try setUp(channel, handler.value, tls: tls, host: origin.host)
                }
            }
        do {
            // An address needs no look-up, for which there would be a thread of its own.
            let address = try? SocketAddress(ipAddress: origin.host, port: origin.port)
            let connecting =
                address.map { bootstrap.connect(to: $0) } ?? bootstrap.connect(host: origin.host, port: origin.port)
            let connection = ClientConnection(channel: try await connecting.get(), handler: handler)
            try await connection.onLoop { $0.whenReady($1, within: patience) }
            return connection
        } catch {
            throw ConnectionFailure(connecting: error)
        }
    }

    private static func setUp(
        _ channel: any Channel, _ handler: ClientHandler, tls: NIOSSLContext?, host: String
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
        try pipeline.addHandler(handler)
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
