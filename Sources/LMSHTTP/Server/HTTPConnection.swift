internal import HTTPTypes
internal import HummingbirdCore
internal import LMSCore
internal import LMSDatabase
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import Synchronization

/// Handles one HTTP/1.1 connection as Hummingbird does, but works for it on its own event loop: a look-up in SQLite takes
/// less time than a change of threads. Hashes and writes, which take long, have threads of their own. When the connection
/// ends, so does the work for it.
///
/// That takes a fifth to two fifths less time than on Swift's own threads. So nothing that takes long may run on an event loop:
/// hashes, writes and large bodies have threads where addresses take turns (`WorkerThreads`).
struct HTTPConnection: ServerChildChannel {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let limits: ConnectionLimits
    let roster: ConnectionRoster
    let refusal: @Sendable (LMSError) -> (HTTPResponse, ByteBuffer)
    let respond: @Sendable (Request, consuming ResponseWriter, ServedConnection) async throws -> Void

    /// In bytes: as much of a request is read at once, and as much of an answer lies in the kernel.
    private static let readSize = 16 << 10
    private static let kernelBuffer: CInt = 128 << 10

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            limitBuffers(of: channel)
            let pipeline = channel.pipeline.syncOperations
            var decoder = NIOHTTPDecoderLimitConfiguration()
            decoder.maxHeaderFieldSize = limits.headerBytes / 2
            decoder.maxHeaderListSize = limits.headerBytes
            decoder.maxHeaderFieldCount = 100
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false,
                withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: decoder)
            try pipeline.addHandlers([
                ConnectionGuard(
                    ServedConnection(channel), limits: limits, roster: roster, refusal: refusal),
                HTTP1ToHTTPServerCodec(secure: false),
                HTTPConnectionStateHandler(logger: logger),
            ])
            // Of what nobody reads yet, only a part or two is taken from the client.
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(
                    backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2),
                    isOutboundHalfClosureEnabled: true))
        }
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

    func handle(value: Value, logger: Logger) async {
        let loop = value.channel.eventLoop
        await withTaskExecutorPreference(JobExecutor { loop.execute($0) }) {
            await withUnsafeCurrentTask { task in
                let work = EndableTask(task)
                value.channel.closeFuture.whenComplete { _ in work.end() }
                let served =
                    (try? value.channel.pipeline.syncOperations.handler(type: ConnectionGuard.self))?.served
                await RequestLoop(served: served ?? ServedConnection(value.channel), respond: respond)
                    .handleHTTP(asyncChannel: value, logger: logger)
                work.forget()
            }
        }
    }
}

/// Answers the requests of one connection, one after the other.
private struct RequestLoop: HTTPChannelHandler {
    typealias Value = HTTPConnection.Value

    let responder: Responder

    init(
        served: ServedConnection,
        respond:
            @escaping @Sendable (Request, consuming ResponseWriter, ServedConnection) async throws -> Void
    ) {
        responder = { request, writer, _ in try await respond(request, writer, served) }
    }

    /// The connection is set up already.
    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeFailedFuture(ChannelError.inappropriateOperationForState)
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}

/// A task that can be cancelled from elsewhere while it runs.
///
/// `@unchecked`: a task may be cancelled from every thread, which its type does not say. It is used under the
/// lock only, and forgotten before the task ends.
private final class EndableTask: @unchecked Sendable {
    private var task: UnsafeCurrentTask?
    private let lock = Mutex<Void>(())

    init(_ task: UnsafeCurrentTask?) { self.task = task }

    func end() { lock.withLock { _ in task?.cancel() } }
    func forget() { lock.withLock { _ in task = nil } }
}
