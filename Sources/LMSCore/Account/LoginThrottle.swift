internal import CSodium
internal import LMSDatabase
internal import LMSText

/// Slows down whoever guesses passwords, or the keys of courses.
///
/// An account has some free failures (`Guessed`), then waits a second, which doubles up to `longestWait`; an address has an
/// `AddressWindow`. For passwords it is the account at one address: the owner at another one is not slowed. A session that is
/// alive is never touched. An account's failures are forgotten after the time of `memory` without another one.
///
/// An attempt is noted as pending before the secret is looked at, in a transaction of its own, so that parallel guesses
/// cannot pass a check together: pending attempts take up the free failures. They become failures, or are given back, so thirty
/// right passwords at once all get in. An attempt that is refused does not count.
package struct LoginThrottle {
    let database: any Database
    let clock: Clock
    let guessed: Guessed

    /// What is guessed: each has rows of its own.
    struct Guessed {
        /// How many failures an account has before it waits.
        let freeFailures: Int
        /// What an attempt is called, and a failure.
        let (attempts, failures): (String, String)

        static let password = Guessed(
            freeFailures: LoginThrottle.freeFailures, attempts: "sign-ins", failures: "failed sign-ins")
        static let key = Guessed(freeFailures: 10, attempts: "keys", failures: "wrong keys")
    }

    /// What was counted, to be given back.
    struct Attempt: Sendable {
        let account: Key
        let address: AddressWindow
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

    /// How many wrong passwords an account has at one address before it waits.
    package static let freeFailures = 5
    /// In milliseconds, as all times here.
    private static let memory: Int64 = 24 * 3600 * 1000
    /// The wait after the first failure that is not free.
    private static let shortestWait: Int64 = 1000
    fileprivate static let longestWait: Int64 = 900_000
    /// An attempt that is pending longer was killed; it counts as a failure then.
    private static let pendingLimit: Int64 = 30 * 1000
    /// How often, and how long, to wait for the pending attempts of others.
    private static let (tries, pause) = (100, Duration.milliseconds(50))

    private enum Answer: Sendable {
        case admitted
        case refused(until: Int64)
        /// It depends on what becomes of others that are under way.
        case unclear
    }

    /// Notes an attempt to sign in.
    ///
    /// - Throws: As the other one does.
    func begin(_ username: Username, from address: String) async throws -> Attempt {
        try await begin(Key("account", username.folded, address), AddressWindow(key: Key("address", address)))
    }

    /// Notes an attempt.
    ///
    /// - Throws: `LMSError` `throttled` with the seconds to wait; `busy` where so many attempts of the
    ///   account are under way that it cannot be told yet whether this one may begin.
    func begin(_ account: Key, _ address: AddressWindow) async throws -> Attempt {
        for _ in 0..<Self.tries {
            let now = clock()
            let attempt = Attempt(account: account, address: address, at: now)
            // Nothing is thrown inside: what was mended stays so.
            let answer = try await database.write(.unsynced()) { connection in
                try forgetOld(connection, at: now)
                try mend(attempt, connection)
                guard try admit(attempt, connection) else {
                    return try blockade(attempt, connection).map(Answer.refused) ?? .unclear
                }
                guard try attempt.address.count(connection, at: now) else {
                    try takeBack(attempt, connection)
                    return .refused(until: try attempt.address.end(connection, at: now))
                }
                return .admitted
            }
            switch answer {
            case .admitted: return attempt
            case .refused(let until):
                throw LMSError.throttled("too many \(guessed.failures)", until: until, at: now)
            case .unclear: try await Task.sleep(for: Self.pause)
            }
        }
        throw LMSError(
            .busy, "many \(guessed.attempts) of this account are under way", hint: "Try again in a moment.",
            retryAfter: 1)
    }

    /// The secret was wrong: the next attempt may have to wait.
    func fail(_ attempt: Attempt) async throws {
        let now = clock().milliseconds
        _ = try await database.write(.unsynced()) { connection in
            try connection.execute(
                """
                UPDATE throttle SET failures = failures + 1, pending = pending - 1, since = \(now),
                    blocked_until = \(now) + \(wait(after: "failures + 1"))
                WHERE key = \(attempt.account) AND pending > 0
                """)
        }
    }

    /// The attempt was no failure of the person's: the secret was right, or nothing was checked.
    func giveBack(_ attempt: Attempt) async throws {
        try await database.write(.unsynced()) { try giveBack(attempt, on: $0) }
    }

    /// The same in a transaction of the caller's.
    func giveBack(_ attempt: Attempt, on connection: any Connection) throws {
        try giveBackForAddress(attempt, connection)
        try takeBack(attempt, connection)
    }

    private func takeBack(_ attempt: Attempt, _ connection: any Connection) throws {
        try connection.execute(
            "UPDATE throttle SET pending = pending - 1 WHERE key = \(attempt.account) AND pending > 0")
        try forgetEmpty(attempt.account, connection)
    }

    /// The password was right: the account's failures at this address are forgotten, in the
    /// transaction that makes the session.
    func succeed(_ attempt: Attempt, on connection: any Connection) throws {
        try giveBackForAddress(attempt, connection)
        try connection.execute(
            """
            UPDATE throttle SET failures = 0, pending = pending - 1, blocked_until = 0
            WHERE key = \(attempt.account) AND pending > 0
            """)
        try forgetEmpty(attempt.account, connection)
    }

    /// The wait after so many failures, in milliseconds.
    private func wait(after failures: SQL) -> SQL {
        let freeFailures = guessed.freeFailures
        let waits = sequence(first: Self.shortestWait) { 2 * $0 }.prefix { $0 < Self.longestWait }
        let cases: SQL = waits.enumerated().reduce("WHEN \(failures) < \(freeFailures) THEN 0") { cases, wait in
            "\(cases) WHEN \(failures) = \(freeFailures + wait.offset) THEN \(wait.element)"
        }
        return "CASE \(cases) ELSE \(Self.longestWait) END"
    }

    /// So many failures nobody gets together.
    private static let highestCount = 1_000_000

    /// Brings rows of a clock that was ahead, or of somebody's hand, to what they could be now: a failure of the future is one
    /// of now, with the wait that belongs to it. Numbers that do not add up are forgotten. It is done in the transaction of the
    /// attempt, which therefore throws nothing: a thrown error would roll it back.
    private func mend(_ attempt: Attempt, _ connection: any Connection) throws {
        let now = attempt.at.milliseconds
        let keys: SQL = "\(attempt.account), \(attempt.address.key)"
        try connection.execute(
            """
            DELETE FROM throttle WHERE key IN (\(keys))
                AND (failures NOT BETWEEN 0 AND \(Self.highestCount) OR pending NOT BETWEEN 0 AND \(Self.highestCount))
            """)
        try connection.execute(
            """
            UPDATE throttle SET since = \(now),
                blocked_until = CASE WHEN key = \(attempt.account) AND blocked_until > \(now)
                    THEN \(now) + \(wait(after: "failures")) ELSE blocked_until END
            WHERE since > \(now) OR key = \(attempt.account) AND blocked_until > \(now + Self.longestWait)
            """)
    }

    // One UPSERT, so that PostgreSQL counts exactly too: it changes no row where the attempt may not begin.

    private func admit(_ attempt: Attempt, _ connection: any Connection) throws -> Bool {
        let now = attempt.at.milliseconds
        let killed = now - Self.pendingLimit
        return try connection.execute(
            """
            INSERT INTO throttle (key, failures, pending, since, blocked_until)
            VALUES (\(attempt.account), 0, 1, \(now), 0)
            ON CONFLICT (key) DO UPDATE SET
                failures = throttle.failures
                    + CASE WHEN throttle.since <= \(killed) THEN throttle.pending ELSE 0 END,
                pending = CASE WHEN throttle.since <= \(killed) THEN 1 ELSE throttle.pending + 1 END,
                since = \(now)
            WHERE throttle.blocked_until <= \(now)
                AND (throttle.pending = 0 OR throttle.since <= \(killed)
                    OR throttle.failures + throttle.pending < \(guessed.freeFailures))
            """) == 1
    }

    private func giveBackForAddress(_ attempt: Attempt, _ connection: any Connection) throws {
        try attempt.address.giveBack(connection, countedAt: attempt.at)
        try forgetEmpty(attempt.address.key, connection)
    }

    private func forgetEmpty(_ key: Key, _ connection: any Connection) throws {
        try connection.execute(
            "DELETE FROM throttle WHERE key = \(key) AND failures = 0 AND pending = 0")
    }

    /// A failure that is long past does not slow anybody.
    private func forgetOld(_ connection: any Connection, at now: Instant) throws {
        try connection.execute(
            "DELETE FROM throttle WHERE since <= \(now.milliseconds - Self.memory)")
    }

    /// Until when the account is blocked, in milliseconds; `nil` where it is not.
    private func blockade(_ attempt: Attempt, _ connection: any Connection) throws -> Int64? {
        let until: Int64? = try connection.value(
            "SELECT blocked_until FROM throttle WHERE key = \(attempt.account)")
        return until.flatMap { $0 > attempt.at.milliseconds ? $0 : nil }
    }
}

extension LMSError {
    /// - Parameter until: When it may be tried again, in milliseconds since 1970. Nobody waits longer than 900 seconds.
    static func throttled(_ words: String, until: Int64, at now: Instant) -> LMSError {
        let (now, longest) = (now.milliseconds, LoginThrottle.longestWait)
        let wait = until > now + longest ? longest : max(until, now) - now
        let seconds = max(1, Int((wait + 999) / 1000))
        return LMSError(
            .throttled, "\(words): wait \(counted(seconds, "second")), then try again", retryAfter: seconds)
    }
}

extension LocalService {
    var throttle: LoginThrottle { LoginThrottle(database: database, clock: clock, guessed: .password) }
}
