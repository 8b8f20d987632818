internal import HTTPTypes
internal import LMSCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Keeps one connection within its limits: its clocks, the size of a body, and a good end where a request
/// was refused before its body was read.
///
/// It stands where requests have become parts, and puts a second handler at the very front, because only
/// there the first byte of a request is seen.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What the client is expected to do.
    private enum Reading {
        case idle(since: NIODeadline)
        case headers(since: NIODeadline)
        case body(since: NIODeadline, bytes: Int64)
        /// The request is read, and the answer is not done.
        case waiting
    }

    /// How far the answer is.
    private enum Writing {
        case nothing
        case answer(since: NIODeadline, bytes: Int64)
    }

    private let limits: ConnectionLimits
    private let bodyLimit: @Sendable (HTTPRequest) -> Int
    private let refusal: @Sendable (LMSError) -> (HTTPResponse, ByteBuffer)
    private var reading = Reading.waiting
    private var writing = Writing.nothing
    private var bodyAllowance: Int64 = 0
    private var requestsInProgress = 0
    private var closesAfterAnswer = false
    /// Set once nothing more of the client's is of interest.
    private var closingSince: NIODeadline?
    private var timer: Scheduled<Void>?

    /// How long a client gets to read its refusal while it still sends.
    private static let lingering = TimeAmount.seconds(1)

    /// - Parameters:
    ///   - bodyLimit: How many bytes the body of a request may have.
    ///   - refusal: How an error is answered that is found here.
    init(
        limits: ConnectionLimits, bodyLimit: @escaping @Sendable (HTTPRequest) -> Int,
        refusal: @escaping @Sendable (LMSError) -> (HTTPResponse, ByteBuffer)
    ) {
        self.limits = limits
        self.bodyLimit = bodyLimit
        self.refusal = refusal
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        reading = .idle(since: .now())
        schedule(context)
        try? context.pipeline.syncOperations.addHandler(
            ByteWatch { [weak self] in self?.bytesArrived() ?? false }, position: .first)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    private func schedule(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(500)) { [weak self] in
            guard let self else { return }
            if isOverdue(.now()) { return context.close(promise: nil) }
            schedule(context)
        }
    }

    private func isOverdue(_ now: NIODeadline) -> Bool {
        if let closingSince { return now - closingSince >= Self.lingering }
        if case .answer(let since, let bytes) = writing, now - since >= allowance(bytes) { return true }
        switch reading {
        case .idle(let since): return now - since >= .seconds(limits.idle)
        case .headers(let since): return now - since >= .seconds(limits.headers)
        case .body(let since, let bytes): return now - since >= allowance(bytes)
        case .waiting: return false
        }
    }

    private func allowance(_ bytes: Int64) -> TimeAmount {
        .seconds(limits.request + bytes / limits.bytesPerSecond)
    }

    // MARK: Reading

    /// - Returns: Whether anybody wants the bytes.
    private func bytesArrived() -> Bool {
        if closingSince != nil { return false }
        if case .idle = reading { reading = .headers(since: .now()) }
        return true
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let buffer): count(buffer, context)
        case .end:
            reading = requestsInProgress == 0 ? .idle(since: .now()) : .waiting
        }
        context.fireChannelRead(data)
    }

    private func begin(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        let begun: NIODeadline = if case .headers(let since) = reading { since } else { .now() }
        reading = .body(since: begun, bytes: 0)
        requestsInProgress += 1
        if Self.closes(head.headerFields) { closesAfterAnswer = true }
        let length = head.headerFields[.contentLength]
        // Without either header there is no body. Source: RFC 9112, section 6.3.
        guard length != nil || head.headerFields[.transferEncoding] != nil else {
            bodyAllowance = 0
            return
        }
        bodyAllowance = Int64(bodyLimit(head))
        let announced = length.flatMap(Int64.init) ?? 0
        if announced <= bodyAllowance, head.headerFields[Header.expectation]?.lowercased() == "100-continue" {
            let goOn = HTTPResponse(status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
        }
    }

    private func count(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        guard case .body(let since, let bytes) = reading else { return }
        let sum = bytes + Int64(buffer.readableBytes)
        reading = .body(since: since, bytes: sum)
        // The handler answers 413 by itself. Where it has answered already, the rest is not read.
        if sum > bodyAllowance, requestsInProgress == 0 { closingSince = .now() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return context.fireErrorCaught(error) }
        if requestsInProgress > 0 {
            // Whoever reads the body answers; nothing can be read after it.
            closesAfterAnswer = true
            return context.fireErrorCaught(error)
        }
        if closingSince != nil { return }
        // A request that is answered already gets no second answer.
        if case .body = reading {
            closingSince = .now()
            return
        }
        let (head, body) = refusal(LMSError(.malformed, "this is no HTTP request"))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        closingSince = .now()
    }

    // MARK: Writing

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if closingSince != nil {
            promise?.succeed()
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head):
            writing = .answer(since: .now(), bytes: 0)
            if Self.closes(head.headerFields) { closesAfterAnswer = true }
            context.write(data, promise: promise)
        case .body(let buffer):
            if case .answer(let since, let bytes) = writing {
                writing = .answer(since: since, bytes: bytes + Int64(buffer.readableBytes))
            }
            context.write(data, promise: promise)
        case .end:
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenComplete { [weak self] _ in self?.answered() }
            context.write(data, promise: written)
        }
    }

    private func answered() {
        writing = .nothing
        requestsInProgress -= 1
        if closesAfterAnswer, requestsInProgress == 0 { closingSince = .now() }
        if requestsInProgress == 0, case .waiting = reading { reading = .idle(since: .now()) }
    }

    private static func closes(_ fields: HTTPFields) -> Bool {
        guard let connection = fields[.connection] else { return false }
        return connection.lowercased().split(separator: ",").contains { $0.filter { $0 != " " } == "close" }
    }
}

/// Stands at the front of the pipeline and tells of bytes that arrive.
private final class ByteWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let arrived: () -> Bool

    init(_ arrived: @escaping () -> Bool) { self.arrived = arrived }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if arrived() { context.fireChannelRead(data) }
    }
}
