package import LMSDatabase
internal import Synchronization

/// A database where something happens just before one of its writes: a race that always has the same
/// winner.
package final class InterruptedDatabase: Database {
    private let base: any Database
    private let interruption: SQL
    private let countdown: Mutex<Int>

    /// - Parameter number: Before which write, counted from 1, `interruption` runs.
    package init(_ base: any Database, beforeWrite number: Int, run interruption: SQL) {
        self.base = base
        self.interruption = interruption
        countdown = Mutex(number)
    }

    package func read<T: Sendable>(
        _ body: @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await base.read(body)
    }

    package func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        let isNext = countdown.withLock {
            $0 -= 1
            return $0 == 0
        }
        if isNext { _ = try await base.write { [interruption] in try $0.execute(interruption) } }
        return try await base.write(mode, body)
    }
}
