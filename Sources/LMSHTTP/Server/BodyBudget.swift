internal import HTTPTypes
internal import HummingbirdCore
internal import LMSCore
internal import Synchronization

/// Bounds what all bodies together cost: their bytes in memory, and the time to read large ones and to answer what
/// takes long, which an event loop must not spend.
final class BodyBudget: Sendable {
    private let capacity: Int
    private let inUse = Atomic<Int>(0)
    private let threads: WorkerThreads

    /// - Parameters:
    ///   - capacity: In bytes, as they were sent.
    ///   - readers: How many large bodies are read at once.
    init(capacity: Int = 128 << 20, readers: Int) {
        self.capacity = capacity
        threads = WorkerThreads(count: readers, patience: .seconds(10))
    }

    /// How many bytes a body may have: what is announced, else what its route allows.
    static func length(of request: Request, atMost limit: Int) -> Int {
        if request.headers[.transferEncoding] != nil { return limit }
        return min(limit, request.headers[.contentLength].flatMap(Int.init) ?? 0)
    }

    static func isLarge(_ length: Int) -> Bool { length > Route.BodyLimit.small }

    /// Keeps room for a body while `work` has it. Small ones are bounded by the number of connections.
    ///
    /// - Throws: `LMSError` `busy`, or what `work` throws.
    func reserving<T>(_ length: Int, _ work: () async throws -> T) async throws -> T {
        guard Self.isLarge(length) else { return try await work() }
        let before = inUse.wrappingAdd(length, ordering: .relaxed).oldValue
        defer { inUse.wrappingSubtract(length, ordering: .relaxed) }
        guard before + length <= capacity else {
            throw LMSError(
                .busy, "much is being sent now", hint: "Try again in a moment.", retryAfter: 5)
        }
        return try await work()
    }

    /// Reads what a request says.
    func reading<T: Sendable>(
        _ input: RequestInput, for caller: String, _ read: @escaping @Sendable (RequestInput) throws -> T
    ) async throws -> T {
        guard Self.isLarge(input.body?.readableBytes ?? 0) else { return try read(input) }
        return try await threads.run(for: caller) { try read(input) }
    }

    /// Answers a request, on a thread of its own where the route is one that takes long.
    func answering<T: Sendable>(
        _ route: Route, for caller: String, _ answer: @Sendable () async throws -> T
    ) async throws -> T {
        guard route.takesLong else { return try await answer() }
        return try await threads.runTask(for: caller, answer)
    }
}
