internal import NIOCore
internal import Synchronization

/// One connection, for those who answer its requests.
final class ServedConnection: Sendable {
    /// The other end's own address.
    let peer: String?
    private let state = Mutex(State())

    private struct State {
        /// The heads of requests that were read, and are not answered yet.
        var heads: [RequestHead] = []
        var onReading: (@Sendable (Bool) -> Void)?
        var onAddress: (@Sendable (String) -> Void)?
    }

    init(_ channel: any Channel) {
        peer = channel.remoteAddress?.ipAddress
    }

    func add(_ head: RequestHead) { state.withLock { $0.heads.append(head) } }

    /// The head of the request whose turn it is. Requests are answered in the order in which they came.
    func nextHead() -> RequestHead? {
        state.withLock { $0.heads.isEmpty ? nil : $0.heads.removeFirst() }
    }

    /// - Parameters:
    ///   - onReading: Is called where somebody begins to read a body, and told whether it is kept.
    ///   - onAddress: Is told whose request is being answered.
    func listen(
        onReading: @escaping @Sendable (Bool) -> Void, onAddress: @escaping @Sendable (String) -> Void
    ) {
        state.withLock { ($0.onReading, $0.onAddress) = (onReading, onAddress) }
    }

    /// Forgets who listens: the listener holds this connection, and each would keep the other in memory.
    func stopListening() {
        state.withLock { ($0.onReading, $0.onAddress) = (nil, nil) }
    }

    /// Tells a client that waits for it to send its body.
    ///
    /// - Parameter keeps: Whether it is kept, or read for its length alone.
    func wantsBody(keeps: Bool) { state.withLock { $0.onReading }?(keeps) }

    /// Tells whose request is being answered, as addresses are counted.
    func serves(_ address: String) { state.withLock { $0.onAddress }?(address) }
}
