internal import LMSCore
internal import Synchronization

/// Where answers were large: such a page takes too long for an event loop, and must find room before it is
/// made.
final class AnswerSizes: Sendable {
    /// In bytes: what is below is not worth counting.
    static let large = 64 << 10

    /// One account's answer to one request.
    struct Page: Hashable, Sendable {
        let target: String
        let account: UserID?
    }

    private struct State {
        /// Addresses at which somebody's answer was large.
        var paths: Set<Substring> = []
        /// How large a page was the last time, at such an address.
        var sizes: [Page: Int] = [:]
    }

    /// So many of each are remembered.
    private static let capacity = 4096
    private let state = Mutex(State())
    private let isEmpty = Atomic<Bool>(true)

    func wasLarge(at path: Substring) -> Bool {
        if isEmpty.load(ordering: .relaxed) { return false }
        return state.withLock { $0.paths.contains(path) }
    }

    /// - Returns: `nil` where it is not known.
    func last(of page: @autoclosure () -> Page) -> Int? {
        if isEmpty.load(ordering: .relaxed) { return nil }
        return state.withLock { $0.sizes[page()] }
    }

    func note(_ size: Int, of page: @autoclosure () -> Page, at path: Substring) {
        let isLarge = size >= Self.large
        if !isLarge, isEmpty.load(ordering: .relaxed) { return }
        state.withLock { state in
            guard isLarge || state.paths.contains(path) else { return }
            if state.paths.count >= Self.capacity { state.paths = [] }
            if state.sizes.count >= Self.capacity { state.sizes = [:] }
            // A substring would keep its whole text.
            if isLarge { state.paths.insert(Substring(String(path))) }
            state.sizes[page()] = size
            isEmpty.store(false, ordering: .relaxed)
        }
    }
}
