internal import NIOCore

/// Stands between the socket and all else, TLS too: tells of bytes that arrive, and closes at once, where TLS would wait for the
/// client's goodbye.
final class ConnectionFront: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Is told how many, and says whether anybody wants them.
    private let arrived: (Int) -> Bool
    private var context: ChannelHandlerContext?

    init(_ arrived: @escaping (Int) -> Bool) { self.arrived = arrived }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if arrived(unwrapInboundIn(data).readableBytes) { context.fireChannelRead(data) }
    }

    func close() { context?.close(promise: nil) }
}
