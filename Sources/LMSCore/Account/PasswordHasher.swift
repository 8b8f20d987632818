internal import CSodium

/// Hashes and verifies passwords with libsodium's Argon2id. A hash takes about 100 ms, so it never
/// happens inside a transaction.
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

    /// The same, for somebody at an address.
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
            try Self.derive(password, salt: salt, parameters, byteCount: 32)
        }
        return PasswordHash(parameters: parameters, salt: salt, digest: digest)
    }

    /// Whether the password is the one that was hashed.
    ///
    /// Without a stored hash, the same time is spent and the answer is no.
    ///
    /// - Throws: `LMSError` `busy` where too many wait, or memory is short: libsodium's own check would
    ///   call that a wrong password.
    package func verify(_ password: Password, against stored: PasswordHash?) async throws -> Bool {
        guard !password.isTooLong else { return false }
        let salt = stored?.salt ?? [UInt8](repeating: 0, count: crypto_pwhash_saltbytes())
        let expected = stored?.digest ?? [UInt8](repeating: 0, count: 32)
        let parameters = stored?.parameters ?? parameters
        let digest = try await executor.run(for: caller) {
            try Self.derive(password, salt: salt, parameters, byteCount: expected.count)
        }
        return sodium_memcmp(digest, expected, expected.count) == 0 && stored != nil
    }

    /// Whether a stored hash is cheaper than what we would make today.
    func isOutdated(_ hash: PasswordHash) -> Bool {
        hash.parameters.memory < parameters.memory || hash.parameters.passes < parameters.passes
    }

    private static func derive(
        _ password: Password, salt: [UInt8], _ parameters: Argon2Parameters, byteCount: Int
    ) throws -> [UInt8] {
        Sodium.initialize()
        var digest = [UInt8](repeating: 0, count: byteCount)
        var bytes = password.bytes.map(CChar.init(bitPattern:))
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
}

/// On the caller's thread: a command has nothing else to do.
package struct InlineHashExecutor: HashExecutor {
    package init() {}

    package func run<T: Sendable>(
        for caller: String, _ work: @escaping @Sendable () throws -> T
    ) async throws -> T {
        try work()
    }
}
