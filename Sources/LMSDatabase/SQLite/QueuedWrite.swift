/// A write that waits for its turn.
struct QueuedWrite: Sendable {
    /// Tells the caller what came of it.
    typealias Answer = @Sendable () -> Void

    let mode: WriteMode
    let cancellation: CancellationFlag
    /// Runs in a transaction, perhaps twice, and answers what is to be told once the transaction is committed.
    let work: @Sendable (SQLiteConnection) throws -> Answer
    /// Tells the caller that nothing was done.
    let fail: @Sendable (any Error) -> Void
    private(set) var goesAlone: Bool
    private let start = ContinuousClock.now

    init(
        _ mode: WriteMode, unless cancellation: CancellationFlag, fail: @escaping @Sendable (any Error) -> Void,
        work: @escaping @Sendable (SQLiteConnection) throws -> Answer
    ) {
        self.mode = mode
        self.cancellation = cancellation
        self.work = work
        self.fail = fail
        goesAlone = mode != .durable(.commit, rows: .few)
    }

    var alone: QueuedWrite {
        var write = self
        write.goesAlone = true
        return write
    }

    /// How many seconds it may go on waiting, for other processes.
    ///
    /// - Throws: `DatabaseError` `busy` where its patience is at an end.
    func remaining(of patience: Double) throws -> Double {
        let waited = (ContinuousClock.now - start) / .seconds(1)
        guard waited < patience else { throw DatabaseError(.busy, "waited \(waited) s for other writes") }
        // A write that has reached the front waits for a second more at least, so that a burst is worked off.
        return waited < 1 ? patience : max(1, patience - waited)
    }
}
