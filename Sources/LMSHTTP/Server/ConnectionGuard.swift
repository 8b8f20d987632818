internal import NIOCore

/// Keeps one connection within its limits: its times, its entry in the roster of all connections, and how much of a request
/// may come before anything can be made of it.
final class ConnectionGuard {
    private let roster: ConnectionRoster
    private var clock: ConnectionClock
    private var entry: ConnectionRoster.Entry?
    private var timer: Scheduled<Void>?
    /// How much came of which no part of a request was made yet, in bytes: the decoder keeps it.
    private var unread = 0
    private var unreadLimit: Int { clock.limits.headerBytes + (64 << 10) }

    private static let interval = TimeAmount.milliseconds(500)

    init(limits: ConnectionLimits, roster: ConnectionRoster) {
        self.roster = roster
        clock = ConnectionClock(limits: limits)
    }

    // MARK: Life

    /// - Parameters:
    ///   - close: Closes the connection at once.
    ///   - obey: Is told, on any thread, what is to become of the connection.
    func begin(
        _ context: ChannelHandlerContext, close: @escaping () -> Void,
        obey: @escaping @Sendable (ConnectionRoster.Order) -> Void
    ) {
        clock.reading = .idle(since: .now())
        let peer = context.channel.remoteAddress?.ipAddress
        let entry = ConnectionRoster.Entry(
            address: ClientAddress(trustedProxies: []).find(peer: peer, forwarded: []).counted, obey: obey)
        self.entry = entry
        roster.join(entry)
        schedule(context, close)
    }

    /// Gives the place to others.
    ///
    /// - Parameter tasks: How many tasks of the connection have not ended.
    func end(tasks: Int) {
        timer?.cancel()
        timer = nil
        if let entry { roster.leave(entry, tasks: tasks) }
        entry = nil
    }

    /// Notes that one of these tasks has ended.
    func orphanEnded() { roster.orphanEnded() }

    private func schedule(_ context: ChannelHandlerContext, _ close: @escaping () -> Void) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.interval) { [weak self] in
            guard let self, let entry else { return }
            let now = NIODeadline.now()
            clock.look(now, unsent: unsent(context))
            if clock.isOverdue(now) { return close() }
            entry.become(clock.phase(now))
            roster.makeRoom()
            schedule(context, close)
        }
    }

    /// Whether the connection stays where others want its place: a request has come meanwhile.
    func keepsPlace(_ context: ChannelHandlerContext) -> Bool {
        guard let entry else { return false }
        clock.look(.now(), unsent: unsent(context))
        guard clock.phase(.now()) == .working else { return false }
        roster.keep(entry)
        roster.makeRoom()
        return true
    }

    /// How many bytes of answers wait in front of the socket.
    private func unsent(_ context: ChannelHandlerContext) -> Int {
        guard isAnswering else { return 0 }
        return (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Notes whose request is being answered, as addresses are counted.
    func belongs(to address: String) { entry?.belongs(to: address) }

    // MARK: What comes

    /// Notes that bytes came.
    ///
    /// - Returns: Whether there may be so many.
    func arrived(_ count: Int) -> Bool {
        unread += count
        if case .idle = clock.reading {
            clock.reading = .headers(since: .now())
            entry?.become(.headers)
        }
        return unread <= unreadLimit
    }

    /// Notes that the decoder made a part of a request out of what came.
    func madePart() { unread = 0 }

    func arrived(body count: Int) {
        guard case .body(var transfer) = clock.reading else { return }
        transfer.more(Int64(count), .now())
        clock.reading = .body(transfer)
    }

    func requestBegins() {
        let begun: NIODeadline = if case .headers(let since) = clock.reading { since } else { .now() }
        clock.reading = .body(ConnectionClock.Transfer(clock.limits, since: begun))
        clock.discards = false
        entry?.become(.working)
    }

    /// - Parameter keeps: Whether the body is kept, or read for its length alone.
    func bodyIsRead(keeps: Bool) { clock.discards = !keeps }

    func requestIsRead() { clock.reading = .waiting }

    /// Waits for the next request, of which something may have come already.
    func becomesIdle() {
        clock.reading = unread > 0 ? .headers(since: .now()) : .idle(since: .now())
        entry?.become(unread > 0 ? .headers : .idle)
    }

    // MARK: What goes

    var isAnswering: Bool { if case .answer = clock.writing { true } else { false } }

    func answerBegins() {
        clock.writing = .answer(ConnectionClock.Transfer(clock.limits, since: .now()), handedOver: 0)
    }

    /// Notes that so many bytes of the answer wait to leave.
    func handedOver(_ count: Int) {
        guard case .answer(let transfer, let bytes) = clock.writing else { return }
        clock.writing = .answer(transfer, handedOver: bytes + Int64(count))
    }

    func answered() { clock.writing = .nothing }

    /// Gives the client a moment more.
    func linger() { clock.closingSince = .now() }
}
