internal import NIOCore
internal import Synchronization

/// Stands in front of the socket that takes connections. Accepts one more than there may be, so that the roster knows that
/// somebody waits, and the next one only when another has gone.
final class AcceptGate: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = any Channel
    typealias OutboundOut = any Channel

    private let limit: Int
    private var count = 0
    /// Whether somebody wants to accept, and may not yet.
    private var owesRead = false
    private var context: ChannelHandlerContext?
    private let isOpen = Flag()

    /// - Parameter limit: How many connections there may be.
    init(limit: Int) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        count += 1
        let gate = NIOLoopBound(self, eventLoop: context.eventLoop)
        unwrapInboundIn(data).closeFuture.whenComplete { [isOpen, loop = context.eventLoop] _ in
            // Behind the end, the event loop may not be there any more.
            guard isOpen.load() else { return }
            loop.execute { gate.value.oneLeft() }
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if count <= limit { context.read() } else { owesRead = true }
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        isOpen.store(false)
    }

    private func oneLeft() {
        count -= 1
        guard owesRead, count <= limit, let context else { return }
        owesRead = false
        context.read()
    }
}

/// Whether connections are taken, for all threads.
private final class Flag: Sendable {
    private let isSet = Atomic<Bool>(true)

    func load() -> Bool { isSet.load(ordering: .relaxed) }
    func store(_ value: Bool) { isSet.store(value, ordering: .relaxed) }
}
