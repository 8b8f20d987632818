internal import CSodium

/// Hashes and verifies passwords with libsodium's Argon2id. A hash takes about 100 ms, so it never
/// happens inside a transaction.
///
/// A password is verified by deriving its hash and comparing both in constant time, not by libsodium's
/// `crypto_pwhash_str_verify`, where libsodium 1.0.18 reports memory that ran out as a wrong password; `crypto_pwhash` says so.
/// A stored hash must therefore be one that `crypto_pwhash` can make: `v=19`, one lane, 16 bytes of salt.
package struct PasswordHasher: Sendable {
    let parameters: Argon2Parameters
    private let executor: any HashExecutor
    private var caller = "local"

    package init(
        parameters: Argon2Parameters = .standard, executor: any HashExecutor = InlineHashExecutor()
    ) {
        self.parameters = parameters
        self.executor = executor
    }

    /// The same hasher, for a caller at an address.
    func on(behalfOf address: String) -> PasswordHasher {
        var hasher = self
        hasher.caller = address
        return hasher
    }

    package static let standard = PasswordHasher()

    /// Hashes a password with a salt of its own.
    ///
    /// - Throws: `LMSError` `busy` where memory is short, or too many wait.
    package func hash(_ password: Password) async throws -> PasswordHash {
        let salt = Randomness.bytes(crypto_pwhash_saltbytes())
        let digest = try await executor.run(for: caller) { [parameters] in
            try Self.derive(password.bytes, salt: salt, parameters, byteCount: 32)
        }
        return PasswordHash(parameters: parameters, salt: salt, digest: digest)
    }

    /// How a password stands to a stored hash.
    enum Match {
        case none
        /// Of a password whose form another version of lms made: it is to be hashed anew.
        case former
        case current
    }

    /// Whether the password is the one that was hashed.
    ///
    /// Without a stored hash, the same time is spent and the answer is no. It takes twice as long for the few passwords
    /// that once had another form.
    ///
    /// - Throws: `LMSError` `busy` where too many wait, or memory is short: libsodium's own check would
    ///   call that a wrong password.
    func verify(_ password: Password, against stored: PasswordHash?) async throws -> Match {
        guard !password.isTooLong else { return .none }
        if try await isHash(stored, of: password.bytes) { return .current }
        guard let former = password.formerBytes else { return .none }
        return try await isHash(stored, of: former) ? .former : .none
    }

    private func isHash(_ stored: PasswordHash?, of password: [UInt8]) async throws -> Bool {
        let salt = stored?.salt ?? [UInt8](repeating: 0, count: crypto_pwhash_saltbytes())
        let expected = stored?.digest ?? [UInt8](repeating: 0, count: 32)
        let parameters = stored?.parameters ?? parameters
        let digest = try await executor.run(for: caller) {
            try Self.derive(password, salt: salt, parameters, byteCount: expected.count)
        }
        let isRight = sodium_memcmp(digest, expected, expected.count) == 0 && stored != nil
        executor.verified(for: caller, isRight: isRight)
        return isRight
    }

    /// Whether a stored hash is cheaper than what we would make today.
    func isOutdated(_ hash: PasswordHash) -> Bool {
        hash.parameters.memory < parameters.memory || hash.parameters.passes < parameters.passes
    }

    private static func derive(
        _ password: [UInt8], salt: [UInt8], _ parameters: Argon2Parameters, byteCount: Int
    ) throws -> [UInt8] {
        Sodium.initialize()
        var digest = [UInt8](repeating: 0, count: byteCount)
        var bytes = password.map(CChar.init(bitPattern:))
        defer { sodium_memzero(&bytes, bytes.count) }
        let result = crypto_pwhash(
            &digest, UInt64(byteCount), bytes, UInt64(bytes.count), salt, UInt64(parameters.passes),
            parameters.memory, crypto_pwhash_ALG_ARGON2ID13)
        guard result == 0 else {
            throw LMSError(
                .busy, "there is not enough memory to check a password now",
                hint: "Try again in a moment.", retryAfter: 5)
        }
        return digest
    }
}

/// Where hashes are computed, and how many at once.
package protocol HashExecutor: Sendable {
    /// - Parameter caller: The address that it is done for; they take turns.
    /// - Throws: `LMSError` `busy` where it cannot be done soon, or what `work` throws.
    func run<T: Sendable>(
        for caller: String, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T

    /// Is told what came of a password that was looked at for a caller.
    func verified(for caller: String, isRight: Bool)
}

extension HashExecutor {
    /// Does nothing, unless an executor needs it.
    package func verified(for caller: String, isRight: Bool) {}
}

/// Hashes on the caller's thread, as a command does, which has nothing else to do.
package struct InlineHashExecutor: HashExecutor {
    package init() {}

    package func run<T: Sendable>(
        for caller: String, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try work()
    }
}
