internal import LMSCore
internal import LMSDatabase
internal import LMSText

/// What all requests together take up, and everybody's share of it: memory, threads, and turns to write.
///
/// Requests are bounded together: 121 MiB of bodies and 64 MiB of answers here, 100,000 values in a body (`JSONValue`), 32
/// fields in a query (`QueryString`). Each limit answers an attack that worked before it.
final class ServerLoad: Sendable {
    /// Memory for bodies. The largest body that there may be fits into the share of a single holder.
    let bodies = Allotment(
        capacity: CourseFile.limit / 2 * 3 + (25 << 20), reserve: 24 << 20, patience: .seconds(5))
    /// Memory for answers that have not left.
    let answers = Allotment(capacity: 64 << 20, reserve: 16 << 20, patience: .seconds(5))
    private let sizes = AnswerSizes()
    private let files: WorkerThreads
    private let texts: WorkerThreads
    private let searches: WorkerThreads
    private let writes = TurnQueue(WriteTurns(), patience: .seconds(10))
    private let limits: ConnectionLimits

    /// In bytes: larger bodies are parsed on a thread of their own.
    private static let largeBody = 16 << 10

    init(workers: Int, limits: ConnectionLimits) {
        self.limits = limits
        files = WorkerThreads(count: Self.fileThreads(workers), patience: .seconds(10))
        texts = WorkerThreads(count: workers + 1, patience: .seconds(10))
        searches = WorkerThreads(count: workers + 1, patience: .seconds(10))
    }

    /// How many threads read the database at once, beside those that answer quickly.
    static func slowReaders(workers: Int) -> Int { fileThreads(workers) + 2 * (workers + 1) }

    /// One large file in memory for each two threads.
    private static func fileThreads(_ workers: Int) -> Int { max(1, workers / 2) }

    /// Reads what a request says, on the event loop where the body is small.
    func reading<T: Sendable>(
        _ input: RequestInput, for holder: Holder, _ read: @escaping @Sendable (RequestInput) throws -> T
    ) async throws -> T {
        guard input.body?.count ?? 0 > Self.largeBody else { return try read(input) }
        let threads = input.route.pace == .files ? files : texts
        return try await threads.run(for: holder) { try read(input) }
    }

    /// Whether somebody's answer at an address was large.
    func wasLarge(at path: Substring) -> Bool { sizes.wasLarge(at: path) }

    /// Performs a request: at once where it is quick, else on a thread and for a limited time. The answer is counted until
    /// it has left; small ones are bounded by the number of connections.
    ///
    /// How large an answer is shows only when it is made. One that turns out larger than there is room for is thrown away, its
    /// request waits for room, and it is made again, as what only reads can be: so nothing is held that is not counted.
    func answering(
        _ exchange: Exchange, _ route: Route, _ fields: [JSONValue.Member], bodySize: Int,
        _ answer: @escaping @Sendable () async throws -> Route.Answer
    ) async throws -> Route.Answer {
        // An answer is about as large as the body, or as the last answer to the same question.
        var expected = bodySize < AnswerSizes.large ? sizes.last(of: exchange.question) : bodySize
        while true {
            let attempt = try await attempt(
                exchange, route, fields, bodySize: bodySize, expected: expected, answer)
            switch attempt {
            case .made(let made): return made
            case .largerThanExpected(let size): expected = size
            }
        }
    }

    private enum Attempt {
        case made(Route.Answer)
        /// The answer is thrown away: as the request only reads, it can be made again once there is room.
        case largerThanExpected(Int)
    }

    /// Takes room for an answer and makes it. One that turns out larger is kept where there is room at once.
    private func attempt(
        _ exchange: Exchange, _ route: Route, _ fields: [JSONValue.Member], bodySize: Int, expected: Int?,
        _ answer: @escaping @Sendable () async throws -> Route.Answer
    ) async throws -> Attempt {
        let room = try await takeRoom(for: expected ?? 0, exchange)
        let made = try await making(exchange, route, fields, bodySize: bodySize, last: expected, answer)
        let size = made.body.count
        // Where the most that is waited for was taken already, there is nothing more to wait for.
        if route.effect == .reads, room < most, size > room, !fits(size - room, exchange) {
            sizes.note(size, of: exchange.question, at: exchange.path)
            exchange.release(answers)
            return .largerThanExpected(size)
        }
        keep(size, for: exchange)
        return .made(made)
    }

    /// How much room a request waits for at most, in bytes.
    private var most: Int { answers.capacity / 4 }

    /// - Returns: How much was taken, in bytes.
    private func takeRoom(for expected: Int, _ exchange: Exchange) async throws -> Int {
        guard expected >= AnswerSizes.large else { return 0 }
        let room = min(expected, most)
        let holder = exchange.holder
        try await answers.take(room, for: holder)
        exchange.keep(room, in: answers, for: holder)
        return room
    }

    /// Takes room for so much more, where there is some at once.
    private func fits(_ more: Int, _ exchange: Exchange) -> Bool {
        guard more >= AnswerSizes.large else { return true }
        let holder = exchange.holder
        guard answers.takeAtOnce(more, for: holder) else { return false }
        exchange.keep(more, in: answers, for: holder)
        return true
    }

    private func making(
        _ exchange: Exchange, _ route: Route, _ fields: [JSONValue.Member], bodySize: Int, last: Int?,
        _ answer: @escaping @Sendable () async throws -> Route.Answer
    ) async throws -> Route.Answer {
        let holder = exchange.holder
        let work = Duration.seconds(limits.work + bodySize >> 20)
        if route.pace == .files { return try await files.runTask(for: holder, within: work, answer) }
        if fields.contains(where: { $0.key == "q" }) {
            return try await searches.runTask(for: holder, within: .seconds(limits.search), answer)
        }
        let isLarge = last.map { $0 >= AnswerSizes.large } ?? wasLarge(at: exchange.path)
        if bodySize > Self.largeBody || isLarge {
            return try await texts.runTask(for: holder, within: work, answer)
        }
        return route.effect == .writes ? try await writing(for: holder, answer) : try await answer()
    }

    /// Counts an answer that is made, until it has left. Small ones are bounded by the number of connections.
    func keep(_ size: Int, for exchange: Exchange) {
        sizes.note(size, of: exchange.question, at: exchange.path)
        exchange.keepExactly(size < AnswerSizes.large ? 0 : size, in: answers)
    }

    /// Performs a write. Only some writes of each address or account are in the queue of writes at once, because there all
    /// wait for each other.
    private func writing(
        for holder: Holder, _ answer: @Sendable () async throws -> Route.Answer
    ) async throws -> Route.Answer {
        guard try await writes.turnUnlessCancelled(for: holder) != nil else {
            throw LMSError(
                .busy, "the server has much to do now", hint: "Try again in a moment.", retryAfter: 5,
                causes: ["other writes of the same account or address wait"])
        }
        defer { writes.update { $0.leave(holder) } }
        return try await answer()
    }
}

/// How many writes each has in the queue.
private struct WriteTurns: TurnRule {
    private var running: [Holder.Share: Int] = [:]
    private static let most = 8

    mutating func turn(for holder: Holder) -> Void? {
        let shares = holder.shares
        guard shares.allSatisfy({ running[$0, default: 0] < Self.most }) else { return nil }
        for share in shares { running[share, default: 0] += 1 }
        return ()
    }

    mutating func leave(_ holder: Holder) {
        for share in holder.shares {
            let rest = running[share, default: 0] - 1
            running[share] = rest > 0 ? rest : nil
        }
    }
}
