internal import CSodium
package import LMSDatabase
internal import LMSText

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
        var text = phc
        guard let parts = text.withUTF8({ Self.parts(of: $0[...]) }) else { return nil }
        self.phc = phc
        (parameters, salt, digest) = parts
    }

    /// Reads by bytes, since an import reads a million.
    private static func parts(
        of text: Slice<UnsafeBufferPointer<UInt8>>
    ) -> (parameters: Argon2Parameters, salt: [UInt8], digest: [UInt8])? {
        var text = text
        guard text.take("$argon2id$v=19$"), let parameters = Argon2Parameters(takenFrom: &text),
            parameters.isAffordable, text.take("$"), let dollar = text.firstIndex(of: UInt8(ascii: "$")),
            let salt = Base64.decode(text[..<dollar]), salt.count == crypto_pwhash_saltbytes(),
            let digest = Base64.decode(text[(dollar + 1)...]), (16...64).contains(digest.count)
        else { return nil }
        return (parameters, salt, digest)
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

    /// Takes `m=65536,t=3,p=1` away from the beginning of a text; the memory is in KiB.
    fileprivate init?(takenFrom text: inout Slice<UnsafeBufferPointer<UInt8>>) {
        guard text.take("m="), let kibibytes = text.takeNumber(), text.take(",t="),
            let passes = text.takeNumber(), text.take(",p=1"), kibibytes <= 1 << 30, passes <= 1 << 30
        else { return nil }
        self.init(memory: Int(kibibytes) << 10, passes: Int(passes))
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// Takes a text away from the beginning.
    ///
    /// - Returns: Whether it stood there.
    fileprivate mutating func take(_ text: StaticString) -> Bool {
        text.withUTF8Buffer {
            guard starts(with: $0) else { return false }
            removeFirst($0.count)
            return true
        }
    }

    fileprivate mutating func takeNumber() -> Int64? {
        let digits = prefix(while: isASCIIDigit)
        removeFirst(digits.count)
        return parseID(digits)
    }
}
