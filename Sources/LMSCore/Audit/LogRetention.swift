package import LMSText

/// For how long the log is kept.
///
/// It is a setting in the database (the table `setting`), not in an environment: all programs that work on the database must
/// agree on what to forget.
package struct LogRetention: Codable, Sendable {
    package let log: Lifetime
    /// How many entries were deleted because they are older.
    package let forgotten: Int

    static let standard = Lifetime.days(365)

    /// A day, and a hundred years.
    static let limits = Lifetime.days(1).seconds...Lifetime.days(36_500).seconds
}

/// Tells for how long the log is kept.
package struct ShowLogRetention: OperatorUseCase {
    package init() {}

    package func perform(on service: LocalService) async throws -> LogRetention {
        try await service.readUnsigned { transaction in
            LogRetention(log: try transaction.auditRows.retention(), forgotten: 0)
        }
    }
}

/// Changes for how long the log is kept, and forgets what is older at once.
package struct SetLogRetention: OperatorUseCase {
    package var log: Lifetime

    package init(log: Lifetime) {
        self.log = log
    }

    package func perform(on service: LocalService) async throws -> Written<LogRetention> {
        try await service.writeUnsigned { transaction in
            guard LogRetention.limits.contains(log.seconds) else {
                throw LMSError(.invalid, "the log is kept for at least 1d and at most 36500d")
            }
            let rows = transaction.auditRows
            let before = try rows.retention()
            // Also where the stored one is out of range, and therefore counts as the standard one.
            try rows.setRetention(log)
            if before != log { try transaction.auditOperator(.setRetention, subject: log.description) }
            let forgotten =
                try rows.forgetAllExpired(at: transaction.now)
                + transaction.accountAuditRows.forgetAllExpired(at: transaction.now)
            return transaction.written(
                LogRetention(log: log, forgotten: forgotten),
                before == log && forgotten == 0 ? .unchanged : .updated)
        }
    }
}
