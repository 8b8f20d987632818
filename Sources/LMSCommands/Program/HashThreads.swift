internal import Foundation
internal import LMSCore

/// Computes hashes on threads of their own: for a command that has many.
///
/// `@unchecked`: an operation queue may be used from every thread, which its type does not say on Linux.
final class HashThreads: HashExecutor, @unchecked Sendable {
    private let queue = OperationQueue()

    /// - Parameter count: How many at once.
    init(count: Int) {
        queue.maxConcurrentOperationCount = max(1, count)
    }

    func run<T: Sendable>(
        for caller: String, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try work() }) }
        }
    }
}
