internal import LMSCore
internal import LMSDatabase
internal import NIOCore
internal import NIOHTTP1

/// One HTTP/1.1 connection: takes up the requests that come, one after the other, has a task answer each, and writes the
/// answers. It stands behind SwiftNIO's decoder and encoder, and all of it happens on the connection's event loop.
///
/// A framework's server in between takes 80,000 instructions a request for channels and tasks of its own, and keeps neither the
/// times nor the places of connections, which this one must: so there were two of each.
///
/// The task runs on the same event loop: a look-up in SQLite takes less time than a change of threads, and an answer takes a
/// fifth to two fifths less time than on Swift's own threads. So nothing that takes long may run there: hashes, writes and
/// large bodies have threads where addresses take turns (`WorkerThreads`). When the connection ends, the task is cancelled.
final class HTTPConnection: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Where the connection is.
    private enum Turn {
        /// It waits for a request.
        case idle
        /// A request is being answered.
        ///
        /// - Parameter isRead: Whether the request has come to its end.
        case answering(isRead: Bool)
        /// The request is answered, and what is left of its body is passed over.
        case passingOver
        /// Nothing of what comes is read any more.
        case closing
    }

    private let responder: APIResponder
    private let guardian: ConnectionGuard
    /// What closes the connection at once.
    weak var front: ConnectionFront?
    private var context: ChannelHandlerContext?
    private var turn = Turn.idle
    /// What came, and is not taken yet.
    private var parts = RequestParts()
    private var isTaking = false
    /// Whether the channel wants to read, and may not yet: few parts wait at once.
    private var owesRead = false
    private var isInputClosed = false
    private var task: Task<Void, Never>?
    /// How many tasks have not ended: one may still give back what it held when the next one begins.
    private var tasks = 0
    /// Waits for the next part of the body.
    private var reader: CheckedContinuation<ByteBuffer?, any Error>?
    private var closesAfterAnswer = false
    private var isStopping = false
    /// Whether bytes that come are dropped before anything is made of them.
    private var ignoresRest = false
    /// Whether the client waits for 100 Continue before it sends its body.
    private var owesContinue = false
    /// How many requests were taken up.
    private var requests = 0
    /// How much of a body came after its request was answered, in bytes.
    private var unwanted = 0

    /// So much of a body is passed over, so that the next request can be read.
    private static let passedOver = Route.BodyLimit.small
    /// How long a client that has closed its side still gets an answer: it may have gone altogether. TCP does not tell half a
    /// close from a whole one until something is written, and work for nobody must end. An answer that has begun goes on.
    private static let farewell = TimeAmount.seconds(3)

    init(_ responder: APIResponder, limits: ConnectionLimits, roster: ConnectionRoster) {
        self.responder = responder
        guardian = ConnectionGuard(limits: limits, roster: roster)
    }

    // MARK: Life

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        let loop = context.eventLoop
        guardian.begin(context) {
            connection.value.close()
        } obey: { order in
            loop.execute { connection.value.obey(order) }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        guard context != nil else { return }
        guardian.end(tasks: tasks)
        context = nil
        turn = .closing
        parts.removeAll()
        task?.cancel()
        task = nil
        reader?.resume(throwing: ChannelError.ioOnClosedChannel)
        reader = nil
    }

    private func obey(_ order: ConnectionRoster.Order) {
        guard let context else { return }
        switch order {
        case .makeRoom: if !guardian.keepsPlace(context) { close() }
        case .stop: stop()
        case .cut: close()
        }
    }

    /// Closes the connection at once.
    func close() {
        turn = .closing
        parts.removeAll()
        front?.close()
    }

    /// Ends the connection with the answer that it is at.
    private func stop() {
        isStopping = true
        switch turn {
        case .idle: close()
        case .answering: closesAfterAnswer = true
        case .passingOver: linger()
        case .closing: break
        }
    }

    /// Takes nothing more, and gives the client a moment to read what it was told: a connection that is closed with unread
    /// bytes is reset, and the answer may be lost. Source: RFC 9112, section 9.6.
    private func linger() {
        turn = .closing
        parts.removeAll()
        guardian.linger()
        if isInputClosed { close() } else { context?.close(mode: .output, promise: nil) }
    }

    // MARK: What comes

    /// Is told of bytes before anything is made of them.
    ///
    /// - Returns: Whether anybody wants them.
    func arrived(_ count: Int) -> Bool {
        if ignoresRest { return false }
        if case .closing = turn { return false }
        guard guardian.arrived(count) else {
            close()
            return false
        }
        return true
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): arrived(.head(head))
        case .body(let bytes):
            guardian.arrived(body: bytes.readableBytes)
            owesContinue = false
            arrived(.body(bytes))
        case .end: arrived(.end)
        }
    }

    private func arrived(_ part: RequestParts.Part) {
        guardian.madePart()
        if case .closing = turn { return }
        parts.append(part)
        takeParts()
    }

    func read(context: ChannelHandlerContext) {
        if !parts.areMany { context.read() } else { owesRead = true }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return close() }
        arrived(.failure(error))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { inputClosed(context) }
        context.fireUserInboundEventTriggered(event)
    }

    private func inputClosed(_ context: ChannelHandlerContext) {
        isInputClosed = true
        switch turn {
        case .idle, .passingOver, .closing: close()
        case .answering: sayFarewell(context)
        }
    }

    /// Ends the request that is being answered, unless its answer begins soon.
    private func sayFarewell(_ context: ChannelHandlerContext) {
        let request = requests
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.farewell) { [weak self] in
            guard let self, requests == request, case .answering = turn, !guardian.isAnswering else { return }
            close()
        }
    }

    /// Takes what has come, as far as somebody is there for it. What it calls may lead back here.
    private func takeParts() {
        if isTaking { return }
        isTaking = true
        while let next = parts.first, take(next) {
            parts.removeFirst()
        }
        isTaking = false
        if isInputClosed, parts.isEmpty, case .idle = turn { close() }
        if owesRead, !parts.areMany {
            owesRead = false
            context?.read()
        }
    }

    /// - Returns: Whether the part is taken.
    private func take(_ part: RequestParts.Part) -> Bool {
        switch (turn, part) {
        case (.idle, .head(let head)): begin(head)
        case (.idle, .failure(let error)): refuse(error)
        case (.answering(isRead: false), .end): requestEnds()
        case (.answering(isRead: false), .body(let bytes)):
            guard let reader = takeReader() else { return false }
            reader.resume(returning: bytes)
        case (.answering(isRead: false), .failure(let error)):
            guard let reader = takeReader() else { return false }
            closesAfterAnswer = true
            reader.resume(throwing: error)
        case (.answering, _): return false
        case (.passingOver, .body(let bytes)): passOver(bytes.readableBytes)
        case (.passingOver, .end): becomeIdle()
        // A request that is answered already gets no second answer.
        case (.passingOver, .failure): linger()
        case (.idle, _), (.passingOver, .head), (.closing, _): break
        }
        return true
    }

    private func begin(_ head: HTTPRequestHead) {
        guard let context else { return }
        let head = RequestHead(head)
        guardian.requestBegins()
        turn = .answering(isRead: false)
        unwanted = 0
        requests += 1
        if isInputClosed { sayFarewell(context) }
        closesAfterAnswer = head.closes || isStopping
        // Where such a request ends is not known either.
        ignoresRest = head.refusal != nil
        owesContinue = head.expectsContinue
        let loop = context.eventLoop
        let served = ServedConnection(self, context.channel)
        tasks += 1
        task = Task(executorPreference: JobExecutor { loop.execute($0) }) { [responder] in
            do { try await responder.respond(to: head, on: served) } catch { served.cut() }
            served.taskEnded()
        }
    }

    func taskEnded() {
        tasks -= 1
        if context == nil { guardian.orphanEnded() }
    }

    private func requestEnds() {
        turn = .answering(isRead: true)
        owesContinue = false
        ignoresRest = closesAfterAnswer
        guardian.requestIsRead()
        takeReader()?.resume(returning: nil)
    }

    private func takeReader() -> CheckedContinuation<ByteBuffer?, any Error>? {
        defer { reader = nil }
        return reader
    }

    private func passOver(_ count: Int) {
        unwanted += count
        if unwanted > Self.passedOver { linger() }
    }

    private func becomeIdle() {
        turn = .idle
        guardian.becomesIdle()
    }

    /// Answers bytes that are no request.
    private func refuse(_ error: HTTPParserError) {
        turn = .answering(isRead: false)
        closesAfterAnswer = true
        write(responder.refusal(LMSError(error)))
    }

    // MARK: For the task that answers

    /// Tells whose request is being answered, as addresses are counted.
    func serves(_ address: String) { guardian.belongs(to: address) }

    /// Is called when somebody begins to read the body: a client that waits is told to send it. Source: RFC 9110, section
    /// 10.1.1.
    ///
    /// - Parameter keeps: Whether it is kept, or read for its length alone.
    func wantsBody(keeps: Bool) {
        guardian.bodyIsRead(keeps: keeps)
        guard owesContinue, let context else { return }
        owesContinue = false
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    /// Hands over the next part of the body; nothing at its end.
    func readBody(_ reader: CheckedContinuation<ByteBuffer?, any Error>) {
        switch turn {
        case .answering(isRead: false):
            self.reader = reader
            takeParts()
        case .answering(isRead: true): reader.resume(returning: nil)
        case .idle, .passingOver, .closing: reader.resume(throwing: ChannelError.ioOnClosedChannel)
        }
    }

    /// Writes a whole answer.
    func write(_ answer: Response) {
        writeHead(answer)
        writePart(answer.body, nil)
        writeEnd()
    }

    func writeHead(_ answer: Response) {
        guard let context else { return }
        guardian.answerBegins()
        // A client that never got 100 Continue may send its body or not, so the next bytes cannot be understood.
        if owesContinue || answer.closes { closesAfterAnswer = true }
        var head = HTTPResponseHead(version: .http1_1, status: answer.status, headers: answer.headers)
        if closesAfterAnswer || bodyBreaksOff { head.headers.add(name: "Connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    /// Whether nothing can be read behind the body of this request.
    private var bodyBreaksOff: Bool {
        guard case .answering(isRead: false) = turn else { return false }
        return parts.breakOff
    }

    /// - Parameter written: Is told when the part has left.
    func writePart(_ bytes: ByteBuffer, _ written: EventLoopPromise<Void>?) {
        guard let context else {
            written?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        guard bytes.readableBytes > 0 else {
            written?.succeed()
            return
        }
        guardian.handedOver(bytes.readableBytes)
        let part = wrapOutboundOut(.body(.byteBuffer(bytes)))
        if let written { context.writeAndFlush(part, promise: written) } else { context.write(part, promise: nil) }
    }

    func writeEnd() {
        guard let context else { return }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenSuccess { [weak self] in self?.answered() }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }

    private func answered() {
        guard case .answering(let isRead) = turn else { return }
        guardian.answered()
        task = nil
        if closesAfterAnswer {
            linger()
        } else if isRead {
            becomeIdle()
        } else {
            turn = .passingOver
        }
        takeParts()
    }
}
