internal import NIOCore

/// What a connection does, and since when: from this follows whether it has had its time.
struct ConnectionClock {
    /// What the client is expected to do.
    enum Reading {
        case idle(since: NIODeadline)
        case headers(since: NIODeadline)
        case body(since: NIODeadline, bytes: Int64)
        /// The request is read, and the answer is not done.
        case waiting
    }

    /// How far the answer is.
    enum Writing {
        case nothing
        /// - Parameter bytes: How many were handed over; some of them have not left yet.
        case answer(since: NIODeadline, bytes: Int64)
    }

    let limits: ConnectionLimits
    var reading = Reading.waiting
    var writing = Writing.nothing
    /// Set once nothing more of the client's is of interest.
    var closingSince: NIODeadline?

    /// How long a client gets to read its refusal while it still sends.
    private static let lingering = TimeAmount.seconds(1)
    /// How far behind the slowest link a client may fall before it counts as stalled.
    private static let hesitation = TimeAmount.seconds(2)

    init(limits: ConnectionLimits) { self.limits = limits }

    /// - Parameter unsent: How many bytes wait in front of the socket.
    func isOverdue(_ now: NIODeadline, unsent: Int) -> Bool {
        if let closingSince { return now - closingSince >= Self.lingering }
        if case .answer(let since, let bytes) = writing,
            now - since >= allowance(bytes - Int64(unsent))
        {
            return true
        }
        switch reading {
        case .idle(let since): return now - since >= .seconds(limits.idle)
        case .headers(let since): return now - since >= .seconds(limits.headers)
        case .body(let since, let bytes): return now - since >= allowance(bytes)
        case .waiting: return false
        }
    }

    /// What others may expect of it, when there are too many.
    func phase(_ now: NIODeadline, unsent: Int) -> ConnectionRoster.Phase {
        if case .answer(let since, let bytes) = writing {
            return isBehind(now - since, bytes - Int64(unsent)) ? .stalled : .working
        }
        switch reading {
        case .idle: return .idle
        case .headers: return .headers
        case .body(let since, let bytes): return isBehind(now - since, bytes) ? .stalled : .working
        case .waiting: return .working
        }
    }

    private func isBehind(_ time: TimeAmount, _ bytes: Int64) -> Bool {
        time >= Self.hesitation + .seconds(bytes / limits.bytesPerSecond)
    }

    private func allowance(_ bytes: Int64) -> TimeAmount {
        .seconds(limits.request + max(0, bytes) / limits.bytesPerSecond)
    }
}
