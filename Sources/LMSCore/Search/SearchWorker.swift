package import LMSDatabase
internal import Synchronization

/// A server's worker, which writes the search entries that large acts leave, portion by portion. No answer waits for them,
/// and no thread is held meanwhile.
package final class SearchWorker: Sendable {
    private let database: any Database
    private let state = Mutex(State())

    private struct State {
        var task: Task<Void, Never>?
        /// Whether `wake` was called since the work began: there may be entries that it has not seen.
        var isWanted = false
        var hasStopped = false
    }

    /// - Parameter database: Where the entries are.
    package init(_ database: any Database) {
        self.database = database
    }

    /// Begins to work, unless it works already, until no entry is left to be written.
    package func wake() {
        state.withLock { state in
            state.isWanted = true
            guard state.task == nil, !state.hasStopped else { return }
            state.task = Task.detached(priority: .utility) { await self.work() }
        }
    }

    /// Ends for good. The next program writes what is left.
    package func stop() {
        state.withLock { state in
            state.hasStopped = true
            state.task?.cancel()
        }
    }

    private func work() async {
        var key = SearchBacklog.Key()
        var failures = 0
        while mayGoOn() {
            var isMore = true
            while isMore, !Task.isCancelled {
                do {
                    let next = try await SearchBacklog.workOff(on: database, after: key)
                    isMore = next != nil
                    key = next ?? SearchBacklog.Key()
                    failures = 0
                } catch {
                    // A full disk, or a database that is away: later it may work again.
                    failures += 1
                }
                guard isMore else { break }
                try? await Task.sleep(for: failures > 0 ? Self.patience(failures) : SearchBacklog.pause)
            }
        }
    }

    /// Whether somebody asked for work since the last call; else the work has ended.
    private func mayGoOn() -> Bool {
        state.withLock { state in
            let mayGoOn = state.isWanted && !state.hasStopped
            state.isWanted = false
            if !mayGoOn { state.task = nil }
            return mayGoOn
        }
    }

    /// How long to wait behind so many failures in a row: a second, then twice as long, up to a minute.
    private static func patience(_ failures: Int) -> Duration {
        .seconds(min(60, 1 << min(6, failures - 1)))
    }
}
