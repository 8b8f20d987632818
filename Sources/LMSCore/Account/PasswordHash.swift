internal import CSodium
package import LMSDatabase

/// A stored Argon2id hash.
///
/// The PHC string format, `$argon2id$v=19$m=65536,t=3,p=1$SALT$HASH` with base64 without padding.
/// Source: RFC 9106; https://github.com/P-H-C/phc-string-format
package struct PasswordHash: Sendable, Hashable {
    package let phc: String
    let parameters: Argon2Parameters
    let salt: [UInt8]
    let digest: [UInt8]

    /// Reads a PHC string; `nil` where it is no such string, or costs more than we would spend on a
    /// log-in. libsodium computes one lane and 16 bytes of salt, so others are not taken either.
    package init?(phc: String) {
        let fields = phc.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0].isEmpty, fields[1] == "argon2id", fields[2] == "v=19",
            let parameters = Argon2Parameters(phc: fields[3]), parameters.isAffordable,
            let salt = Base64.decode(fields[4]), salt.count == crypto_pwhash_saltbytes(),
            let digest = Base64.decode(fields[5]), (16...64).contains(digest.count)
        else { return nil }
        self.phc = phc
        self.parameters = parameters
        self.salt = salt
        self.digest = digest
    }

    init(parameters: Argon2Parameters, salt: [UInt8], digest: [UInt8]) {
        self.parameters = parameters
        self.salt = salt
        self.digest = digest
        phc =
            "$argon2id$v=19$m=\(parameters.memory >> 10),t=\(parameters.passes),p=1"
            + "$\(Base64.encode(salt, .phc))$\(Base64.encode(digest, .phc))"
    }
}

extension PasswordHash: ValueConvertible {
    package var databaseValue: Value { .text(phc) }

    package init?(databaseValue: Value) {
        guard case .text(let phc) = databaseValue else { return nil }
        self.init(phc: phc)
    }
}

/// What a hash costs.
package struct Argon2Parameters: Sendable, Hashable {
    /// In bytes.
    let memory: Int
    let passes: Int

    package init(memory: Int, passes: Int) {
        self.memory = memory
        self.passes = passes
    }

    /// 64 MiB and 3 passes. OWASP's minimum is 19 MiB and 2 passes.
    package static let standard = Argon2Parameters(memory: 64 << 20, passes: 3)

    /// At most 256 MiB and 10 passes.
    var isAffordable: Bool {
        (8 << 10...256 << 20).contains(memory) && (1...10).contains(passes)
    }

    /// Reads `m=65536,t=3,p=1`, the memory in KiB.
    init?(phc: Substring) {
        let fields = phc.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 3, fields[2] == "p=1",
            fields[0].hasPrefix("m="), let kibibytes = parseID(String(fields[0].dropFirst(2))),
            fields[1].hasPrefix("t="), let passes = parseID(String(fields[1].dropFirst(2))),
            kibibytes <= 1 << 30, passes <= 1 << 30
        else { return nil }
        self.init(memory: Int(kibibytes) << 10, passes: Int(passes))
    }
}
