/// A database: transactions and rows, and nothing of courses.
package protocol Database: Sendable {
    /// Runs `body` on one consistent snapshot. Where the task is cancelled, SQLite ends the transaction at the next
    /// statement, or in the midst of one, with `cancelled`; PostgreSQL ends each statement after a time limit.
    ///
    /// - Throws: `DatabaseError`, or what `body` throws.
    func read<T: Sendable>(_ body: @Sendable (any Connection) throws -> T) async throws -> T

    /// Runs `body` in one transaction that excludes other writers.
    ///
    /// An engine may run `body` again, after a conflict or where a commit failed that it shared with others. So it has no
    /// effect but on the connection.
    /// What it throws rolls the transaction back, and so does a cancelled task, as for `read`; not where the commit has
    /// begun, nor where the mode is `unsynced`.
    ///
    /// - Throws: `DatabaseError`, or what `body` throws.
    func write<T: Sendable>(
        _ mode: WriteMode, _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T

    /// Whether what is stored is damaged, or has other tables than the program's statements are written for. It is asked
    /// after a failure that nothing else explains. An engine that looks after its own files answers no.
    func isDamaged() async -> Bool
}

extension Database {
    package func isDamaged() async -> Bool { false }
}

extension Database {
    package func write<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T
    ) async throws -> T {
        try await write(.durable(.commit), body)
    }
}
