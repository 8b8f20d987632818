internal import LMSDatabase
internal import LMSText

/// The `account_audit` table: the log of what was done to accounts and settings. Its entries are kept as long as those of the log
/// of courses.
///
/// They have a table of their own because they belong to no owner: only the operator reads them. Sign-ins are not among them:
/// they are many, and a server's log has them.
struct AccountAuditRows {
    let connection: any Connection

    static let copied = CopiedTable(
        "account_audit", "account_audit", ["id", "at", "actor_id", "actor", "via", "action", "subject"])

    func insert(
        _ action: AccountAction, by actor: String, id: UserID?, via: Surface, subject: String, at now: Instant
    ) throws -> AuditID? {
        try connection.insert(
            """
            INSERT INTO account_audit (at, actor_id, actor, via, action, subject)
            VALUES (\(now), \(id), \(actor), \(via), \(action), \(subject))
            """
        ).map(AuditID.init(rawValue:))
    }

    /// The newest entries below an id, newest first.
    func rows(below id: AuditID, limit: Int, at now: Instant) throws -> [(
        id: AuditID, entry: OperatorLogEntry
    )] {
        try connection.rows(
            """
            SELECT id, at, actor, via, action, subject FROM account_audit
            WHERE id < \(id) AND at >= \(try courseLog.earliest(at: now))
            ORDER BY id DESC LIMIT \(limit)
            """
        ).map { row in
            (
                try row["id"],
                OperatorLogEntry(
                    at: try row["at"], actor: try row["actor"], via: try row["via"],
                    action: try row["action"], course: nil, subject: try row["subject"])
            )
        }
    }

    /// Deletes some of the oldest entries that are too old, as the log of courses does.
    func forgetExpired(after newest: AuditID?, at now: Instant) throws {
        guard let newest, newest.rawValue % 16 == 0 else { return }
        try connection.execute(
            """
            DELETE FROM account_audit
            WHERE id IN (SELECT id FROM account_audit ORDER BY id LIMIT 64)
                AND at < \(try courseLog.earliest(at: now))
            """)
    }

    /// Deletes every entry that is too old.
    ///
    /// - Returns: How many there were.
    func forgetAllExpired(at now: Instant) throws -> Int {
        try connection.execute("DELETE FROM account_audit WHERE at < \(try courseLog.earliest(at: now))")
    }

    /// Has the setting that tells how long both logs are kept.
    private var courseLog: AuditRows { AuditRows(connection: connection) }
}
