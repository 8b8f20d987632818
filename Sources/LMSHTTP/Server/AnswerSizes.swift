internal import LMSCore
internal import Synchronization

/// Remembers which answers were large. Such an answer takes too long for an event loop, and room for it is taken before it
/// is made.
///
/// A page of 4 MiB takes too long for an event loop, and a page of 20 rows is quicker than a change of threads: where the next
/// answer is made depends on how large the last one was.
final class AnswerSizes: Sendable {
    /// In bytes: smaller answers are not counted.
    static let large = 64 << 10

    /// What one account asks for, by a hash of it: a target may be long.
    struct Request: Hashable, Sendable {
        private let target: Int
        private let account: UserID

        init(path: Substring, query: Substring, account: UserID) {
            var hasher = Hasher()
            hasher.combine(path)
            hasher.combine(query)
            target = hasher.finalize()
            self.account = account
        }
    }

    private struct State {
        /// Addresses at which somebody's answer was large.
        var paths: Set<Int> = []
        /// How large a page was the last time, at such an address.
        var sizes: [Request: Int] = [:]
    }

    /// So many of each are remembered.
    private static let capacity = 4096
    private let state = Mutex(State())
    private let isEmpty = Atomic<Bool>(true)

    func wasLarge(at path: Substring) -> Bool {
        if isEmpty.load(ordering: .relaxed) { return false }
        return state.withLock { $0.paths.contains(path.hashValue) }
    }

    /// - Returns: `nil` where it is not known.
    func last(of question: @autoclosure () -> Request?) -> Int? {
        if isEmpty.load(ordering: .relaxed) { return nil }
        guard let question = question() else { return nil }
        return state.withLock { $0.sizes[question] }
    }

    func note(_ size: Int, of question: @autoclosure () -> Request?, at path: Substring) {
        let isLarge = size >= Self.large
        if !isLarge, isEmpty.load(ordering: .relaxed) { return }
        guard let question = question() else { return }
        let hash = path.hashValue
        state.withLock { state in
            guard isLarge || state.paths.contains(hash) else { return }
            if state.paths.count >= Self.capacity { state.paths = [] }
            if state.sizes.count >= Self.capacity { state.sizes = [:] }
            if isLarge { state.paths.insert(hash) }
            state.sizes[question] = size
            isEmpty.store(false, ordering: .relaxed)
        }
    }
}
