internal import NIOCore

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

    /// - Parameter limit: How many connections there may be.
    init(limit: Int) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        count += 1
        let gate = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        unwrapInboundIn(data).closeFuture.hop(to: context.eventLoop).whenComplete { _ in
            let (gate, context) = gate.value
            gate.oneLeft(context)
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if count <= limit { context.read() } else { owesRead = true }
    }

    private func oneLeft(_ context: ChannelHandlerContext) {
        count -= 1
        guard owesRead, count <= limit else { return }
        owesRead = false
        context.read()
    }
}
