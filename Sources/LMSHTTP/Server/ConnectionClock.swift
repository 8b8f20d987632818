import NIOCore

/// Knows what a connection does and since when, and so whether its time is up.
struct ConnectionClock {
    /// What the client is expected to do.
    enum Reading {
        case idle(since: NIODeadline)
        case headers(since: NIODeadline)
        case body(Transfer)
        /// The request is read, and the answer is not done.
        case waiting
    }

    /// How far the answer is.
    enum Writing {
        case nothing
        /// Of what was handed over, some may not have left yet.
        case answer(Transfer, handedOver: Int64)
    }

    /// Bytes on their way, each of which gives a little more time. Who stops has what anybody has at the beginning,
    /// however much has passed before.
    ///
    /// The time that bytes earn is never more than 30 seconds ahead (`ConnectionLimits.request`): by an average over the whole
    /// request, somebody who has sent 64 MiB at once could hold them for an hour.
    struct Transfer {
        private let limits: ConnectionLimits
        private var deadline: NIODeadline
        private var bytes: Int64 = 0

        init(_ limits: ConnectionLimits, since: NIODeadline) {
            self.limits = limits
            deadline = since + .seconds(limits.request)
        }

        /// - Parameter bytes: How many have passed, in all.
        mutating func passed(_ bytes: Int64, _ now: NIODeadline) {
            guard bytes > self.bytes else { return }
            let (microseconds, isTooMuch) = (bytes - self.bytes).multipliedReportingOverflow(by: 1_000_000)
            self.bytes = bytes
            let most = now + .seconds(limits.request)
            guard !isTooMuch else {
                deadline = most
                return
            }
            deadline = min(deadline + .microseconds(microseconds / max(1, limits.bytesPerSecond)), most)
        }

        mutating func more(_ count: Int64, _ now: NIODeadline) { passed(bytes + count, now) }

        func isOver(_ now: NIODeadline) -> Bool { now >= deadline }

        /// Whether it is farther behind the slowest link than anybody may be for long.
        func isBehind(_ now: NIODeadline) -> Bool {
            now >= deadline - .seconds(limits.request) + ConnectionClock.hesitation
        }
    }

    let limits: ConnectionLimits
    var reading = Reading.waiting
    var writing = Writing.nothing
    /// Whether the body is read for its length alone.
    var discards = false
    /// Set once nothing more of the client's is of interest.
    var closingSince: NIODeadline?

    /// How long a client gets to read its refusal while it still sends.
    private static let lingering = TimeAmount.seconds(1)
    /// How far behind the slowest link a client may fall before it counts as stalled.
    private static let hesitation = TimeAmount.seconds(2)

    init(limits: ConnectionLimits) { self.limits = limits }

    /// Notes how much of the answer has left.
    ///
    /// - Parameter unsent: How many bytes wait in front of the socket.
    mutating func look(_ now: NIODeadline, unsent: Int) {
        guard case .answer(var transfer, let bytes) = writing else { return }
        transfer.passed(bytes - Int64(unsent), now)
        writing = .answer(transfer, handedOver: bytes)
    }

    func isOverdue(_ now: NIODeadline) -> Bool {
        if let closingSince { return now - closingSince >= Self.lingering }
        if case .answer(let transfer, _) = writing, transfer.isOver(now) { return true }
        switch reading {
        case .idle(let since): return now - since >= .seconds(limits.idle)
        case .headers(let since): return now - since >= .seconds(limits.headers)
        case .body(let transfer): return transfer.isOver(now)
        case .waiting: return false
        }
    }

    /// What others may expect of it, when there are too many.
    func phase(_ now: NIODeadline) -> ConnectionRoster.Phase {
        if case .answer(let transfer, _) = writing { return transfer.isBehind(now) ? .stalled : .working }
        switch reading {
        case .idle: return .idle
        case .headers: return .headers
        // Nothing is done for it but counting.
        case .body(let transfer): return discards || transfer.isBehind(now) ? .stalled : .working
        case .waiting: return .working
        }
    }
}
