internal import HTTPTypes
internal import LMSCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// Keeps one connection within its limits: its times, its entry in the roster of all connections, and its end where a
/// request was refused before its body was read.
///
/// Its position in the pipeline is behind the HTTP decoder. A second handler goes to the very front, because only there the
/// first byte of a request is seen.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    let served: ServedConnection
    private let roster: ConnectionRoster
    private let refusal: @Sendable (LMSError) -> (HTTPResponse, ByteBuffer)
    private var clock: ConnectionClock
    private var entry: ConnectionRoster.Entry?
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    private var requestsInProgress = 0
    private var closesAfterAnswer = false
    /// Set behind the last request that is answered here: what follows is not read as one.
    private var ignoresRest = false
    /// Whether the client waits for 100 Continue before it sends its body.
    private var owesContinue = false
    /// How much came of a body after it was answered.
    private var unwanted = 0
    /// How much came of which no part of a request was made yet: the decoder keeps it.
    private var unread = 0
    private var unreadLimit: Int { clock.limits.headerBytes + (64 << 10) }

    /// So much of a body is passed over, so that the next request can be read.
    private static let passedOver = Route.BodyLimit.small
    /// How long a client that has closed its side still gets an answer: it may have gone altogether. TCP does not tell half a
    /// close from a whole one until something is written, and work for nobody must end. An answer that has begun goes on.
    private static let farewell = TimeAmount.seconds(3)

    /// - Parameter refusal: How an error is answered that is found here.
    init(
        _ served: ServedConnection, limits: ConnectionLimits, roster: ConnectionRoster,
        refusal: @escaping @Sendable (LMSError) -> (HTTPResponse, ByteBuffer)
    ) {
        self.served = served
        self.roster = roster
        self.refusal = refusal
        clock = ConnectionClock(limits: limits)
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        clock.reading = .idle(since: .now())
        join(context)
        schedule(context)
        try? context.pipeline.syncOperations.addHandler(
            ByteWatch { [weak self] in self?.arrived($0) ?? false }, position: .first)
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        timer?.cancel()
        timer = nil
        context = nil
        served.stopListening()
        if let entry { roster.leave(entry) }
        entry = nil
    }

    private func join(_ context: ChannelHandlerContext) {
        let guardian = NIOLoopBound(self, eventLoop: context.eventLoop)
        let loop = context.eventLoop
        let entry = ConnectionRoster.Entry(
            address: ClientAddress(trustedProxies: []).find(peer: served.peer, forwarded: []).counted
        ) { _ in
            loop.execute { guardian.value.makeRoom() }
        }
        self.entry = entry
        served.listen(
            onReading: { keeps in
                if loop.inEventLoop { return guardian.value.goOn(keeps: keeps) }
                loop.execute { guardian.value.goOn(keeps: keeps) }
            }, onAddress: { entry.belongs(to: $0) })
        roster.join(entry)
    }

    /// Closes the connection so that others find room, unless a request has come meanwhile.
    private func makeRoom() {
        guard let context, let entry else { return }
        clock.look(.now(), unsent: unsent(context))
        if clock.phase(.now()) == .working {
            roster.keep(entry)
            roster.makeRoom()
        } else {
            context.close(promise: nil)
        }
    }

    private func schedule(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(500)) { [weak self] in
            guard let self else { return }
            let now = NIODeadline.now()
            clock.look(now, unsent: unsent(context))
            if clock.isOverdue(now) { return context.close(promise: nil) }
            entry?.become(clock.phase(now))
            roster.makeRoom()
            schedule(context)
        }
    }

    /// How many bytes of answers wait in front of the socket.
    private func unsent(_ context: ChannelHandlerContext) -> Int {
        guard case .answer = clock.writing else { return 0 }
        return (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    private func becomeIdle() {
        clock.reading = .idle(since: .now())
        entry?.become(.idle)
    }

    // MARK: Reading

    /// - Returns: Whether anybody wants the bytes.
    private func arrived(_ count: Int) -> Bool {
        if clock.closingSince != nil || ignoresRest { return false }
        unread += count
        if unread > unreadLimit {
            context?.close(promise: nil)
            return false
        }
        if case .idle = clock.reading {
            clock.reading = .headers(since: .now())
            entry?.become(.headers)
        }
        return true
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unread = 0
        if ignoresRest { return }
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head)
        case .body(let buffer): count(buffer)
        case .end:
            owesContinue = false
            ignoresRest = closesAfterAnswer
            if requestsInProgress == 0 { becomeIdle() } else { clock.reading = .waiting }
        }
        context.fireChannelRead(data)
    }

    private func begin(_ head: HTTPRequestHead) {
        let begun: NIODeadline = if case .headers(let since) = clock.reading { since } else { .now() }
        clock.reading = .body(ConnectionClock.Transfer(clock.limits, since: begun))
        clock.discards = false
        entry?.become(.working)
        requestsInProgress += 1
        unwanted = 0
        let head = RequestHead(head)
        if head.closes { closesAfterAnswer = true }
        // Where such a request ends is not known either.
        if head.refusal != nil { ignoresRest = true }
        owesContinue = head.expectsContinue
        served.add(head)
    }

    private func count(_ buffer: ByteBuffer) {
        guard case .body(var transfer) = clock.reading else { return }
        transfer.more(Int64(buffer.readableBytes), .now())
        clock.reading = .body(transfer)
        owesContinue = false
        guard requestsInProgress == 0 else { return }
        unwanted += buffer.readableBytes
        if unwanted > Self.passedOver { clock.closingSince = .now() }
    }

    /// Is called when somebody begins to read the body: the client is told to send it. Source: RFC 9110, section 10.1.1.
    ///
    /// - Parameter keeps: Whether it is kept, or read for its length alone.
    private func goOn(keeps: Bool) {
        clock.discards = !keeps
        guard owesContinue, let context else { return }
        owesContinue = false
        context.writeAndFlush(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { sayFarewell(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// Ends work for a client that may have gone. An answer that is being written goes on.
    private func sayFarewell(_ context: ChannelHandlerContext) {
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.farewell) { [weak self] in
            guard let self, let context = self.context else { return }
            if case .nothing = clock.writing { context.close(promise: nil) }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError else { return context.fireErrorCaught(error) }
        if ignoresRest { return }
        if requestsInProgress > 0 {
            // The error comes up where the body is read, and is answered there; nothing can be read after it.
            closesAfterAnswer = true
            return context.fireErrorCaught(error)
        }
        if clock.closingSince != nil { return }
        // A request that is answered already gets no second answer.
        if case .body = clock.reading {
            clock.closingSince = .now()
            return
        }
        let (head, body) = refusal(Self.refused(error))
        context.write(wrapOutboundOut(.head(HTTPResponseHead(head))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        clock.closingSince = .now()
    }

    private static func refused(_ error: any Error) -> LMSError {
        switch error {
        case HTTPParserError.headerOverflow: LMSError(.malformed, "the headers are too large")
        case HTTPParserError.invalidContentLength, HTTPParserError.unexpectedContentLength:
            LMSError(.malformed, "Content-Length is no number that fits here, or does not stand alone")
        default: LMSError(.malformed, "this is no HTTP request")
        }
    }

    // MARK: Writing

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if clock.closingSince != nil {
            promise?.succeed()
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            clock.writing = .answer(ConnectionClock.Transfer(clock.limits, since: .now()), handedOver: 0)
            // A client that never got 100 Continue may send its body or not, so the next bytes cannot be understood.
            if owesContinue || Self.closes(head.headers) { closesAfterAnswer = true }
            if closesAfterAnswer, requestsInProgress == 1 {
                head.headers.replaceOrAdd(name: "Connection", value: "close")
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body(let part):
            if case .answer(let transfer, let bytes) = clock.writing {
                clock.writing = .answer(transfer, handedOver: bytes + Int64(part.readableBytes))
            }
            context.write(data, promise: promise)
        case .end:
            let written = promise ?? context.eventLoop.makePromise()
            written.futureResult.assumeIsolated().whenComplete { [weak self] _ in self?.answered() }
            context.write(data, promise: written)
        }
    }

    private func answered() {
        clock.writing = .nothing
        requestsInProgress -= 1
        guard requestsInProgress == 0 else { return }
        if closesAfterAnswer { clock.closingSince = .now() }
        if case .waiting = clock.reading { becomeIdle() }
    }

    private static func closes(_ headers: HTTPHeaders) -> Bool {
        headers[canonicalForm: "connection"].contains { $0.lowercased() == "close" }
    }
}

/// Stands at the front of the pipeline and tells of bytes that arrive.
private final class ByteWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Is told how many, and says whether anybody wants them.
    private let arrived: (Int) -> Bool

    init(_ arrived: @escaping (Int) -> Bool) { self.arrived = arrived }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if arrived(unwrapInboundIn(data).readableBytes) { context.fireChannelRead(data) }
    }
}
