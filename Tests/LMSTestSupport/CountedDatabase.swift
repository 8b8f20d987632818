package import LMSDatabase
internal import Synchronization

/// A database that counts its write transactions, and fails after some of them as if its program had ended there.
package final class CountedDatabase: Database {
    private let base: any Database
    private let state = Mutex((writes: 0, limit: Int.max))

    package init(_ base: any Database) {
        self.base = base
    }

    /// How many there were since the last reset.
    package var writes: Int { state.withLock { $0.writes } }

    /// Counts anew.
    ///
    /// - Parameter limit: How many are carried out from here on.
    package func reset(limit: Int = .max) {
        state.withLock { $0 = (0, limit) }
    }

    package func read<T: Sendable>(
        _ body: @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await base.read(body)
    }

    package func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let isCarriedOut = state.withLock {
            $0.writes += 1
            return $0.writes <= $0.limit
        }
        guard isCarriedOut else { throw DatabaseError(.busy, "no more writes") }
        return try await base.write(mode, body)
    }
}
