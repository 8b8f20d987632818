internal import LMSDatabase
internal import LMSText

/// Counts what comes from one address: so many in five minutes, which begin with the first; then nothing until the five
/// minutes are over.
struct AddressWindow: Sendable {
    let key: LoginThrottle.Key

    /// How many it lets through.
    var limit = 100

    private static let length: Int64 = 5 * 60 * 1000

    /// Counts one, unless the window is full. One UPSERT, so that PostgreSQL counts exactly too.
    ///
    /// - Returns: Whether it was counted.
    func count(_ connection: any Connection, at now: Instant) throws -> Bool {
        let now = now.milliseconds
        let expired = now - Self.length
        // A window that begins later than now was written by a clock that was ahead, or by somebody's hand: it begins now.
        try connection.execute("UPDATE throttle SET since = \(now) WHERE key = \(key) AND since > \(now)")
        return try connection.execute(
            """
            INSERT INTO throttle (key, failures, pending, since, blocked_until)
            VALUES (\(key), 1, 0, \(now), 0)
            ON CONFLICT (key) DO UPDATE SET
                failures = CASE WHEN throttle.since <= \(expired) THEN 1 ELSE throttle.failures + 1 END,
                since = CASE WHEN throttle.since <= \(expired) THEN \(now) ELSE throttle.since END
            WHERE throttle.since <= \(expired) OR throttle.failures < \(limit)
            """) == 1
    }

    /// Takes back what was counted at `instant`, unless its five minutes are over.
    func giveBack(_ connection: any Connection, countedAt instant: Instant) throws {
        try connection.execute(
            """
            UPDATE throttle SET failures = failures - 1
            WHERE key = \(key) AND failures > 0 AND since <= \(instant.milliseconds)
            """)
    }

    /// When the five minutes are over.
    func end(_ connection: any Connection, at now: Instant) throws -> Int64 {
        let since: Int64? = try connection.value("SELECT since FROM throttle WHERE key = \(key)")
        return min(since ?? 0, now.milliseconds) + Self.length
    }
}
