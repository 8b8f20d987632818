internal import NIOCore

/// A connection, for the task that answers one of its requests, on whatever thread that is.
struct ServedConnection: Sendable {
    /// The other end's own address.
    let peer: String?
    private let connection: NIOLoopBound<HTTPConnection>

    /// A large answer goes in pieces, each when the one before has left. In bytes.
    private static let piece = 32 << 10

    /// - Precondition: Runs on the channel's event loop.
    init(_ connection: HTTPConnection, _ channel: any Channel) {
        peer = channel.remoteAddress?.ipAddress
        self.connection = NIOLoopBound(connection, eventLoop: channel.eventLoop)
    }

    private func onLoop(_ act: @escaping @Sendable (HTTPConnection) -> Void) {
        if connection.eventLoop.inEventLoop { return act(connection.value) }
        connection.eventLoop.execute { [connection] in act(connection.value) }
    }

    /// Tells a client that waits for it to send its body.
    ///
    /// - Parameter keeps: Whether it is kept, or read for its length alone.
    func wantsBody(keeps: Bool) { onLoop { $0.wantsBody(keeps: keeps) } }

    /// The next part of the request's body; `nil` at its end.
    ///
    /// - Throws: `HTTPParserError`, or `ChannelError` where the connection has ended.
    func nextPart() async throws -> ByteBuffer? {
        try await withCheckedThrowingContinuation { reader in onLoop { $0.readBody(reader) } }
    }

    /// Tells whose request is being answered, as addresses are counted.
    func serves(_ address: String) { onLoop { $0.serves(address) } }

    /// Writes the answer.
    ///
    /// - Throws: `ChannelError` where the connection ends before it has left.
    func write(_ answer: Response) async throws {
        guard answer.body.readableBytes > Self.piece else { return onLoop { $0.write(answer) } }
        onLoop { $0.writeHead(answer) }
        var rest = answer.body
        while let next = rest.readSlice(length: min(Self.piece, rest.readableBytes)), next.readableBytes > 0 {
            let written = connection.eventLoop.makePromise(of: Void.self)
            onLoop { $0.writePart(next, written) }
            try await written.futureResult.get()
        }
        onLoop { $0.writeEnd() }
    }

    /// Closes the connection at once.
    func cut() { onLoop { $0.close() } }

    /// Tells that nothing more is done for the request.
    func taskEnded() { onLoop { $0.taskEnded() } }
}
