internal import Dispatch
internal import LMSCore

/// What all requests together take up, and everybody's share of it: memory, threads, and places in the queue
/// of writes.
final class ServerLoad: Sendable {
    /// The bodies that are kept. One that is as large as one may be has room in what one alone gets.
    let bodies = Allotment(capacity: CourseFile.limit / 2 * 3 + (1 << 20), patience: .seconds(5))
    /// The answers that have not left.
    let answers = Allotment(capacity: 64 << 20, patience: .seconds(5))
    private let sizes = AnswerSizes()
    private let files: WorkerThreads
    private let lookUps: WorkerThreads
    private let writes = WaitingRoom(WriteTurns(), patience: .seconds(10))

    /// From here on a body is read on a thread, in bytes.
    private static let largeBody = 16 << 10

    private let limits: ConnectionLimits

    init(workers: Int, limits: ConnectionLimits) {
        self.limits = limits
        files = WorkerThreads(count: Self.fileThreads(workers), patience: .seconds(10))
        lookUps = WorkerThreads(count: Self.lookUpThreads(workers), patience: .seconds(10))
    }

    /// How many threads read at once, beside those that answer quickly.
    static func slowReaders(workers: Int) -> Int { fileThreads(workers) + lookUpThreads(workers) }

    private static func fileThreads(_ workers: Int) -> Int { max(1, workers / 2) }
    private static func lookUpThreads(_ workers: Int) -> Int { workers + 1 }

    /// Reads what a request says.
    func reading<T: Sendable>(
        _ input: RequestInput, for holder: Holder, _ read: @escaping @Sendable (RequestInput) throws -> T
    ) async throws -> T {
        guard input.body?.count ?? 0 > Self.largeBody else { return try read(input) }
        return try await files.run(for: holder) { try read(input) }
    }

    /// Answers a request: where it is quick at once, else on a thread and for so long at most.
    func answering(
        _ exchange: Exchange, _ route: Route, _ fields: [JSONValue.Member], bodySize: Int,
        _ answer: @escaping @Sendable () async throws -> Route.Answer
    ) async throws -> Route.Answer {
        guard !route.method.takesBody else {
            return try await writing(exchange, route, bodySize: bodySize, answer)
        }
        let (expected, holder) = (min(sizes.last(at: exchange.path), answers.capacity / 4), exchange.holder)
        try await answers.take(expected, for: holder)
        exchange.keep(expected, in: answers, for: holder)
        let pace: Route.Pace = fields.contains { $0.key == "q" } ? .search : route.pace
        let result =
            switch pace {
            case .files: try await files.runTask(for: holder, within: .seconds(limits.work), answer)
            case .search: try await lookUps.runTask(for: holder, within: .seconds(limits.search), answer)
            case .quick where route.effect != .reads:
                try await writing(exchange, route, bodySize: 0, answer)
            case .quick where expected > 0:
                try await lookUps.runTask(for: holder, within: .seconds(limits.work), answer)
            case .quick: try await answer()
            }
        let size = result.body.count
        sizes.note(size, at: exchange.path)
        // Small ones are bounded by the number of connections.
        exchange.keepExactly(size < AnswerSizes.large ? 0 : size, in: answers)
        return result
    }

    /// Of one address or account only so many stand in the queue of writes, where all wait for each other.
    private func writing(
        _ exchange: Exchange, _ route: Route, bodySize: Int,
        _ answer: @escaping @Sendable () async throws -> Route.Answer
    ) async throws -> Route.Answer {
        if route.pace == .files || bodySize > Self.largeBody {
            let time = DispatchTimeInterval.seconds(limits.work + bodySize >> 20)
            return try await files.runTask(for: exchange.holder, within: time, answer)
        }
        guard route.effect != .signs else { return try await answer() }
        let holder = exchange.holder
        guard try await writes.enter(holder) else {
            throw LMSError(
                .busy, "the server has much to do now", hint: "Try again in a moment.", retryAfter: 5,
                cause: "other writes of the same account or address wait")
        }
        defer { writes.update { $0.leave(holder) } }
        return try await answer()
    }
}

/// How many writes each has in the queue.
private struct WriteTurns: Admission {
    private var running: [Holder.Share: Int] = [:]
    private static let most = 32

    mutating func admit(_ holder: Holder) -> Bool {
        let shares = holder.shares
        guard shares.allSatisfy({ running[$0, default: 0] < Self.most }) else { return false }
        for share in shares { running[share, default: 0] += 1 }
        return true
    }

    mutating func leave(_ holder: Holder) {
        for share in holder.shares {
            let rest = running[share, default: 0] - 1
            running[share] = rest > 0 ? rest : nil
        }
    }
}
