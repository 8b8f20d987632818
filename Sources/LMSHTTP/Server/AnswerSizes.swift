internal import Synchronization

/// How large the answers at an address were the last time, where they were large: such a page takes too long
/// for an event loop, and must find room before it is made.
final class AnswerSizes: Sendable {
    /// In bytes: what is below is not worth counting.
    static let large = 64 << 10

    /// So many addresses are remembered.
    private static let capacity = 4096
    private let sizes = Mutex<[Substring: Int]>([:])
    private let isEmpty = Atomic<Bool>(true)

    /// - Returns: 0 where it was small, or is not known.
    func last(at path: Substring) -> Int {
        if isEmpty.load(ordering: .relaxed) { return 0 }
        return sizes.withLock { $0[path] ?? 0 }
    }

    func note(_ size: Int, at path: Substring) {
        if size < Self.large, isEmpty.load(ordering: .relaxed) { return }
        sizes.withLock { sizes in
            if size >= Self.large {
                if sizes.count >= Self.capacity { sizes = [:] }
                // A substring would keep its whole text.
                sizes[Substring(String(path))] = size
            } else {
                sizes[path] = nil
            }
            isEmpty.store(sizes.isEmpty, ordering: .relaxed)
        }
    }
}
