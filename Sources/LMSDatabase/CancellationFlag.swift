internal import Synchronization

/// Whether the task that asked for a transaction was cancelled. It is set on any thread, and looked at on the
/// transaction's own, where no task can be asked.
///
/// A request's task is cancelled when its client has left or its time is up. What was written until then is rolled back; a
/// commit that has begun is carried out, and the counts of sign-ins are kept in any case.
final class CancellationFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }

    /// - Throws: `DatabaseError` `cancelled`.
    func throwIfSet() throws {
        if isSet { throw DatabaseError(.cancelled, "nobody waits for this any more") }
    }
}
