internal import CSodium
internal import LMSDatabase
internal import LMSText

/// The secret that proves who one is: `lms_` and 32 random bytes. It prints as nothing.
package struct SessionToken: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// For the dotfile, the header of a request, or the one time that it is shown.
    package let secret: String

    package static let prefix = "lms_"
    /// How many characters one has, the prefix included.
    package static let length = 47

    /// Reads a token; `nil` for a text that cannot be one.
    package init?(_ secret: String) {
        var text = secret
        let isToken = text.withUTF8 { bytes in
            bytes.count == Self.length && bytes.starts(with: Self.prefix.utf8)
                && bytes[Self.prefix.utf8.count...].allSatisfy {
                    isASCIILetter($0) || isASCIIDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
        }
        guard isToken else { return nil }
        self.secret = secret
    }

    private init(bytes: [UInt8]) {
        secret = Self.prefix + Base64.encode(bytes, .url)
    }

    static func random() -> SessionToken {
        SessionToken(bytes: Randomness.bytes(32))
    }

    /// What the database keeps: it proves nothing to anybody who reads it.
    var hash: TokenHash {
        var digest = [UInt8](repeating: 0, count: 32)
        let bytes = Array(secret.utf8)
        // BLAKE2b.
        crypto_generichash(&digest, digest.count, bytes, UInt64(bytes.count), nil, 0)
        return TokenHash(rawValue: digest)
    }

    package var description: String { "(token)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension SessionToken: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let token = SessionToken(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a token")
        }
        self = token
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(secret)
    }
}

struct TokenHash: RawRepresentable, Sendable, Hashable, ValueConvertible {
    let rawValue: [UInt8]
}
