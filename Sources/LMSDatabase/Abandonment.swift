internal import Synchronization

/// Whether a transaction is wanted no more: the task that asked for it was cancelled.
final class Abandonment: Sendable {
    private let flag = Atomic<Bool>(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }

    /// - Throws: `DatabaseError` `abandoned`.
    func throwIfSet() throws {
        if isSet { throw DatabaseError(.abandoned, "nobody waits for this any more") }
    }
}
