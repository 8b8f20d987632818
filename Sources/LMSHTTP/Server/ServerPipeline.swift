internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

/// Sets up what a new connection's bytes go through: TLS where there is any, the count of bytes, SwiftNIO's HTTP, and
/// `HTTPConnection`.
struct ServerPipeline: Sendable {
    let responder: APIResponder
    let limits: ConnectionLimits
    let roster: ConnectionRoster
    let tls: NIOSSLContext?

    /// In bytes: as much of a request is read at once, and as much of an answer lies in the kernel.
    private static let readSize = 16 << 10
    private static let kernelBuffer: CInt = 128 << 10

    /// - Precondition: Runs on the channel's event loop.
    /// - Throws: `ChannelError` or `NIOSSLError`.
    func setUp(_ channel: any Channel) throws {
        limitBuffers(of: channel)
        let pipeline = channel.pipeline.syncOperations
        let connection = HTTPConnection(responder, limits: limits, roster: roster)
        // In front of TLS too: a handshake is counted as a request that has begun.
        let front = ConnectionFront { [weak connection] in connection?.arrived($0) ?? false }
        connection.front = front
        try pipeline.addHandler(front)
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        var decoder = NIOHTTPDecoderLimitConfiguration()
        decoder.maxHeaderFieldSize = limits.headerBytes / 2
        decoder.maxHeaderListSize = limits.headerBytes
        decoder.maxHeaderFieldCount = 100
        var encoder = HTTPResponseEncoder.Configuration()
        encoder.automaticallySetFramingHeaders = false
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
            withEncoderConfiguration: encoder, withDecoderLimitConfiguration: decoder)
        try pipeline.addHandler(connection)
    }

    /// A client that does not read, or is not read from, takes up no more than this. An engine without one of
    /// the options does without.
    ///
    /// The kernel holds 128 KiB each way at most, and large answers are written in pieces. So what a slow client holds is
    /// counted by us, and what counts as sent has left. It costs speed only on links that are fast and far at once.
    private func limitBuffers(of channel: any Channel) {
        guard let options = channel.syncOptions else { return }
        try? options.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2048, maximum: Self.readSize))
        try? options.setOption(.maxMessagesPerRead, value: 1)
        try? options.setOption(.socketOption(.so_rcvbuf), value: .init(Self.kernelBuffer))
        #if os(Linux)
            // TCP_NOTSENT_LOWAT: what has not been sent counts as not written. Source: tcp(7) of Linux 3.12.
            try? options.setOption(.tcpOption(.init(rawValue: 25)), value: .init(Self.kernelBuffer))
        #endif
    }
}
