internal import LMSText

/// A password as it was given. It prints as nothing, so that it cannot reach a log.
package struct Password: Codable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(text)
    }

    /// Whether two passwords were typed the same.
    package func isSame(as other: Password) -> Bool {
        bytes == other.bytes
    }

    package var description: String { "(password)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// In bytes, after normalisation.
    package static let limits = 8...1024

    /// What is hashed: the text's UTF-8 in NFC, otherwise as given.
    var bytes: [UInt8] { Array(text.normalized.utf8) }

    /// What lms up to 0.1.0 hashed, where that is something else: a hash that was made of it is found once, and made
    /// anew. `nil` for nearly every password.
    var formerBytes: [UInt8]? {
        let former = Array(text.formerlyNormalized.utf8)
        return former == bytes ? nil : former
    }

    /// Whether a hash is worth computing. A longer one was never accepted.
    var isTooLong: Bool {
        text.utf8.count > 4 * Self.limits.upperBound || bytes.count > Self.limits.upperBound
    }

    /// Refuses what is too short, too long, the username, or among the first that a guesser tries.
    ///
    /// Sources: OWASP ASVS 5.0 6.2; NIST SP 800-63B 5.1.1.2.
    ///
    /// - Throws: `LMSError` `invalid`.
    package func checked(for username: Username) throws -> Password {
        guard !isTooLong else {
            throw LMSError(.invalid, "the password is too long: at most \(Self.limits.upperBound) bytes")
        }
        let bytes = bytes
        guard bytes.count >= Self.limits.lowerBound else {
            throw LMSError(
                .invalid, "the password is too short: at least \(Self.limits.lowerBound) characters",
                hint: "A few words in a row are easy to remember and hard to guess.")
        }
        guard !bytes.contains(0) else {
            throw LMSError(.invalid, "the password has a NUL character")
        }
        let folded = text.normalized.lowercased()
        guard folded != username.folded else {
            throw LMSError(.invalid, "the password is the username", hint: "Choose another one.")
        }
        guard !CommonPasswords.contains(folded) else {
            throw LMSError(
                .invalid, "this password is among the first that a guesser tries",
                hint: "Choose another one: a few words in a row are easy to remember and hard to guess.")
        }
        return self
    }
}
