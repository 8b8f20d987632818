package import LMSText

/// For how long the log is kept, and what was taken away can come back (`TrashRetention`).
///
/// They are settings in the database (the table `setting`), not of an environment: all programs that work on the database must
/// agree on what to forget.
package struct LogRetention: Codable, Sendable {
    package let log: Lifetime
    /// How many entries were deleted because they are older.
    package let forgotten: Int
    package let trash: Lifetime

    static let standard = Lifetime.days(365)

    /// A day, and a hundred years.
    static let limits = Lifetime.days(1).seconds...Lifetime.days(36_500).seconds
}

/// Tells for how long the log and the trash are kept.
package struct ShowLogRetention: OperatorUseCase {
    package init() {}

    package func perform(on service: LocalService) async throws -> LogRetention {
        try await service.readUnsigned { transaction in
            LogRetention(
                log: try transaction.auditRows.retention(), forgotten: 0,
                trash: try TrashRows(connection: transaction.connection).retention())
        }
    }
}

/// Changes for how long the log is kept, and forgets what is older at once; or for how long the trash is, whose rows go in steps.
package struct SetLogRetention: OperatorUseCase {
    package var log: Lifetime?
    package var trash: Lifetime?

    package init(log: Lifetime? = nil, trash: Lifetime? = nil) {
        self.log = log
        self.trash = trash
    }

    package func perform(on service: LocalService) async throws -> Written<LogRetention> {
        let written = try await service.writeUnsigned { transaction in
            let isOther = try (setLog(transaction), setTrash(transaction))
            let forgotten =
                log == nil
                ? 0
                : try transaction.auditRows.forgetAllExpired(at: transaction.now)
                    + transaction.accountAuditRows.forgetAllExpired(at: transaction.now)
            let retention = LogRetention(
                log: try transaction.auditRows.retention(), forgotten: forgotten,
                trash: try TrashRows(connection: transaction.connection).retention())
            return transaction.written(retention, isOther == (false, false) && forgotten == 0 ? .unchanged : .updated)
        }
        if trash != nil, !service.isDryRun { await service.workOffTrash() }
        return written
    }

    /// - Returns: Whether it is another one than before.
    private func setLog(_ transaction: Transaction) throws -> Bool {
        guard let log else { return false }
        guard LogRetention.limits.contains(log.seconds) else {
            throw LMSError(.invalid, "the log is kept for at least 1d and at most 36500d")
        }
        let before = try transaction.auditRows.retention()
        // Also where the stored one is out of range, and therefore counts as the standard one.
        try transaction.auditRows.setRetention(log)
        if before != log { try transaction.auditOperator(.setRetention, subject: log.description) }
        return before != log
    }

    /// - Returns: Whether it is another one than before.
    private func setTrash(_ transaction: Transaction) throws -> Bool {
        guard let trash else { return false }
        guard TrashRetention.limits.contains(trash.seconds) else {
            throw LMSError(.invalid, "the trash is kept for at most 3650d", hint: "0d: nothing is kept.")
        }
        let rows = TrashRows(connection: transaction.connection)
        let before = try rows.retention()
        try rows.setRetention(trash)
        if before != trash { try transaction.auditOperator(.setRetention, subject: "trash \(trash)") }
        return before != trash
    }
}
