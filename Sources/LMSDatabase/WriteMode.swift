/// How a write transaction begins and ends.
package enum WriteMode: Sendable, Equatable {
    /// Waits for its turn, and is durable when the call returns.
    case durable(Ending, rows: Rows = .few)
    /// Other connections see it when the call returns, but a power cut a moment later may take it back. Each statement sees
    /// what others have committed before it (READ COMMITTED, where an engine has levels), so that one UPSERT counts
    /// exactly. For counts that matter only while the program runs. Such a write is carried out also in a cancelled task.
    case unsynced(whenBusy: WhenBusy = .wait)

    /// How the transaction ends.
    package enum Ending: Sendable {
        case commit
        /// Everything is done, then rolled back.
        case dryRun
    }

    /// About how many rows are written.
    package enum Rows: Sendable {
        case few
        /// Very many, as an import has: the transaction gets more memory, and is not begun twice where that can be helped.
        case bulk
    }

    /// What happens where another writer is at work.
    package enum WhenBusy: Sendable {
        case wait
        /// The call fails with `busy` at once.
        case fail
    }

    var isDryRun: Bool {
        if case .durable(.dryRun, _) = self { true } else { false }
    }

    var isBulk: Bool {
        if case .durable(_, .bulk) = self { true } else { false }
    }

    var isDurable: Bool {
        if case .durable = self { true } else { false }
    }
}
