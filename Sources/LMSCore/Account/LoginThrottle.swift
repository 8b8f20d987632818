internal import CSodium
internal import LMSDatabase

/// Slows down whoever guesses passwords.
///
/// An account at one address has 5 free failures, then waits 1 s, doubling to 15 min; an address has
/// 100 failures in 5 minutes. The owner at another address is not slowed, and a session that is alive
/// is never touched. An account's failures are forgotten 24 hours after the last.
///
/// An attempt is counted before the password is looked at, in a transaction of its own, so parallel
/// guesses cannot pass together; it is given back where it turns out not to be a failure. A waiting
/// attempt does not count.
struct LoginThrottle {
    let database: any Database
    let clock: Clock

    /// What was counted, to be given back.
    struct Attempt: Sendable {
        let account: Key
        let address: Key
        let at: Instant
    }

    /// What a row counts. Hashed, so that the table holds neither names nor addresses.
    struct Key: RawRepresentable, Sendable, ValueConvertible {
        let rawValue: [UInt8]

        init(rawValue: [UInt8]) { self.rawValue = rawValue }

        init(_ parts: String...) {
            var digest = [UInt8](repeating: 0, count: 16)
            let bytes = Array(parts.joined(separator: "\0").utf8)
            crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), nil, 0)
            rawValue = digest
        }
    }

    private static let addressLimit = 100
    private static let addressWindow: Int64 = 5 * 60 * 1000
    private static let memory: Int64 = 24 * 3600 * 1000

    /// Counts an attempt to sign in.
    ///
    /// - Throws: `LMSError` `throttled` with the seconds to wait.
    func begin(_ username: Username, from address: String) async throws -> Attempt {
        let now = clock()
        let attempt = Attempt(
            account: Key("account", username.folded, address), address: Key("address", address), at: now)
        try await database.write(.commitUnsynced) { connection in
            try forgetOld(connection, at: now)
            guard try countForAddress(attempt, connection), try countForAccount(attempt, connection)
            else { throw try refusal(attempt, connection) }
        }
        return attempt
    }

    /// The attempt was no failure of the person's: the password was right, or nothing was checked.
    func giveBack(_ attempt: Attempt) async throws {
        try await database.write(.commitUnsynced) { connection in
            try giveBackForAddress(attempt, connection)
            // The wait that this attempt brought goes too, unless a later one has added to it.
            try connection.execute(
                """
                UPDATE throttle SET failures = failures - 1,
                    blocked_until = CASE WHEN since = \(attempt.at.milliseconds) THEN since
                        ELSE blocked_until END
                WHERE key = \(attempt.account) AND failures > 0
                """)
            try forgetEmpty(attempt.account, connection)
        }
    }

    /// The password was right: the account's failures at this address are forgotten, in the
    /// transaction that makes the session.
    func succeed(_ attempt: Attempt, on connection: any Connection) throws {
        try giveBackForAddress(attempt, connection)
        try connection.execute("DELETE FROM throttle WHERE key = \(attempt.account)")
    }

    // One UPSERT each, so that PostgreSQL counts exactly too: it changes no row where the attempt has
    // to wait.

    private func countForAccount(_ attempt: Attempt, _ connection: any Connection) throws -> Bool {
        let now = attempt.at.milliseconds
        return try connection.execute(
            """
            INSERT INTO throttle (key, failures, since, blocked_until)
            VALUES (\(attempt.account), 1, \(now), \(now))
            ON CONFLICT (key) DO UPDATE SET
                failures = throttle.failures + 1,
                since = \(now),
                blocked_until = \(now) + CASE
                    WHEN throttle.failures + 1 < 5 THEN 0
                    WHEN throttle.failures + 1 >= 15 THEN 900000
                    ELSE 1000 * (1 << (throttle.failures + 1 - 5)) END
            WHERE throttle.blocked_until <= \(now)
            """) == 1
    }

    private func countForAddress(_ attempt: Attempt, _ connection: any Connection) throws -> Bool {
        let now = attempt.at.milliseconds
        let expired = now - Self.addressWindow
        return try connection.execute(
            """
            INSERT INTO throttle (key, failures, since, blocked_until)
            VALUES (\(attempt.address), 1, \(now), 0)
            ON CONFLICT (key) DO UPDATE SET
                failures = CASE WHEN throttle.since <= \(expired) THEN 1 ELSE throttle.failures + 1 END,
                since = CASE WHEN throttle.since <= \(expired) THEN \(now) ELSE throttle.since END
            WHERE throttle.since <= \(expired) OR throttle.failures < \(Self.addressLimit)
            """) == 1
    }

    private func giveBackForAddress(_ attempt: Attempt, _ connection: any Connection) throws {
        try connection.execute(
            """
            UPDATE throttle SET failures = failures - 1
            WHERE key = \(attempt.address) AND failures > 0 AND since <= \(attempt.at.milliseconds)
            """)
        try forgetEmpty(attempt.address, connection)
    }

    private func forgetEmpty(_ key: Key, _ connection: any Connection) throws {
        try connection.execute("DELETE FROM throttle WHERE key = \(key) AND failures = 0")
    }

    /// A failure that is long past does not slow anybody.
    private func forgetOld(_ connection: any Connection, at now: Instant) throws {
        try connection.execute(
            "DELETE FROM throttle WHERE since <= \(now.milliseconds - Self.memory)")
    }

    private func refusal(_ attempt: Attempt, _ connection: any Connection) throws -> LMSError {
        let account: Int64? = try connection.value(
            "SELECT blocked_until FROM throttle WHERE key = \(attempt.account)")
        let address: Int64? = try connection.value(
            """
            SELECT since + \(Self.addressWindow) FROM throttle
            WHERE key = \(attempt.address) AND failures >= \(Self.addressLimit)
            """)
        let until = max(account ?? 0, address ?? 0)
        let seconds = max(1, Int((until - attempt.at.milliseconds + 999) / 1000))
        return LMSError(
            .throttled, "too many failed sign-ins: wait \(counted(seconds, "second")), then try again",
            retryAfter: seconds)
    }
}

extension LocalService {
    var throttle: LoginThrottle { LoginThrottle(database: database, clock: clock) }
}
