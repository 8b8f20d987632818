internal import LMSCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOTLS

/// Sends a client's requests on one connection, one after the other, and gathers the answers, within their limits.
///
/// A command needs nothing else of HTTP, and starts with what it needs: a library with pools, proxies and HTTP/2 takes 25 million
/// instructions to start, where all else of a command takes six.
final class ClientHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart
    typealias Exchanged = (answer: ServerConnection.Answer, staysOpen: Bool)

    /// A request that was sent, or is being sent.
    private struct Exchange {
        let waiting: CheckedContinuation<Exchanged, any Error>
        let start = NIODeadline.now()
        var lastProgress = NIODeadline.now()
        /// What is left of the request's body.
        var rest: ByteBuffer?
        /// How many bytes there are of the request's body and, so far, of the answer's.
        var bytes: Int
        var head: HTTPResponseHead?
        var body: [UInt8] = []
    }

    private var context: ChannelHandlerContext?
    private var awaitsTLS: Bool
    private var whenReady: CheckedContinuation<Void, any Error>?
    private var exchange: Exchange?
    private var timer: Scheduled<Void>?
    /// Why the connection ended, where it did.
    private var failure: (any Error)?

    /// How long an answer may take, and how long nothing may happen.
    private static let patience = TimeAmount.seconds(30)
    /// What a slow link gets beyond that: another second for so many bytes.
    private static let bytesPerSecond = 16 << 10
    /// Of an answer, in bytes.
    private static let limit = 64 << 20
    /// So much of a request is written at once, in bytes.
    private static let piece = 64 << 10

    /// - Parameter awaitsTLS: Whether TLS must be agreed on before anything is sent.
    init(awaitsTLS: Bool) { self.awaitsTLS = awaitsTLS }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    // MARK: Getting ready

    /// - Parameter ready: Is told when a request can be sent.
    func whenReady(_ ready: CheckedContinuation<Void, any Error>, until deadline: NIODeadline) {
        guard let context, failure == nil else {
            return ready.resume(throwing: failure ?? ChannelError.ioOnClosedChannel)
        }
        guard awaitsTLS else { return ready.resume() }
        whenReady = ready
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            self?.fail(ChannelError.connectTimeout(.zero))
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent {
            awaitsTLS = false
            timer?.cancel()
            whenReady?.resume()
            whenReady = nil
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: The request

    func send(_ head: HTTPRequestHead, _ body: ByteBuffer?, _ waiting: CheckedContinuation<Exchanged, any Error>) {
        guard let context, failure == nil, exchange == nil else {
            return waiting.resume(throwing: failure ?? ChannelError.ioOnClosedChannel)
        }
        exchange = Exchange(waiting: waiting, rest: body ?? ByteBuffer(), bytes: body?.readableBytes ?? 0)
        schedule(context, in: Self.patience)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        sendMore()
    }

    private func sendMore() {
        guard let context, var rest = exchange?.rest else { return }
        let piece = rest.readSlice(length: min(Self.piece, rest.readableBytes)) ?? ByteBuffer()
        let part = wrapOutboundOut(.body(.byteBuffer(piece)))
        guard rest.readableBytes > 0 else {
            exchange?.rest = nil
            if piece.readableBytes > 0 { context.write(part, promise: nil) }
            return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        exchange?.rest = rest
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenSuccess { [weak self] in
            self?.exchange?.lastProgress = .now()
            self?.sendMore()
        }
        context.writeAndFlush(part, promise: written)
    }

    private func schedule(_ context: ChannelHandlerContext, in time: TimeAmount) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in self?.look() }
    }

    /// Ends what takes too long.
    private func look() {
        guard let context, let exchange else { return }
        let now = NIODeadline.now()
        let end = min(
            exchange.start + Self.patience + .seconds(Int64(exchange.bytes / Self.bytesPerSecond)),
            exchange.lastProgress + Self.patience)
        if now >= end { fail(ConnectionFailure(.tooSlow)) } else { schedule(context, in: end - now) }
    }

    // MARK: The answer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard exchange != nil else { return }
        exchange?.lastProgress = .now()
        switch unwrapInboundIn(data) {
        case .head(let head): exchange?.head = head
        case .body(let bytes):
            exchange?.bytes += bytes.readableBytes
            exchange?.body.append(contentsOf: bytes.readableBytesView)
            if exchange.map({ $0.body.count > Self.limit }) == true { fail(ConnectionFailure(.tooMuch)) }
        case .end: answered()
        }
    }

    private func answered() {
        guard let exchange, let head = exchange.head else { return }
        timer?.cancel()
        self.exchange = nil
        let type = head.headers.first(name: "Content-Type") ?? ""
        let answer = ServerConnection.Answer(
            status: Int(head.status.code), isProblem: type.lowercased().hasPrefix(ProblemDetails.contentType),
            body: exchange.body)
        // A request that was answered before all of it was sent ends its connection.
        exchange.waiting.resume(returning: (answer, head.isKeepAlive && exchange.rest == nil))
    }

    // MARK: The end

    func channelInactive(context: ChannelHandlerContext) {
        fail(ChannelError.ioOnClosedChannel)
        self.context = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error) }

    private func fail(_ error: any Error) {
        if failure == nil { failure = error }
        timer?.cancel()
        whenReady?.resume(throwing: error)
        whenReady = nil
        exchange?.waiting.resume(throwing: error)
        exchange = nil
        context?.close(promise: nil)
    }
}
