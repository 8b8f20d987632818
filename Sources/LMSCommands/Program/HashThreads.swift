internal import LMSCore

/// Computes hashes beside the thread of the command, for one that has many: as many at once as there are cores, since Swift has
/// a thread for each.
struct HashThreads: HashExecutor {
    func run<T: Sendable>(
        for caller: String, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await Task.detached { try work() }.value
    }
}
