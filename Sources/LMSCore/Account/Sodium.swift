internal import CSodium

/// The parts of libsodium that more than one file needs.
enum Sodium {
    /// Chooses the fastest code for this processor, once.
    static func initialize() { _ = initialized }

    private static let initialized = sodium_init()
}

enum Randomness {
    /// Bytes that nobody can foresee.
    static func bytes(_ count: Int) -> [UInt8] {
        Sodium.initialize()
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }
}

enum Base64 {
    enum Alphabet {
        /// The standard alphabet without padding, as PHC strings have it.
        case phc
        /// The URL-safe alphabet without padding (RFC 4648, section 5).
        case url

        var variant: Int32 {
            switch self {
            case .phc: sodium_base64_VARIANT_ORIGINAL_NO_PADDING
            case .url: sodium_base64_VARIANT_URLSAFE_NO_PADDING
            }
        }
    }

    static func encode(_ bytes: [UInt8], _ alphabet: Alphabet) -> String {
        var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, alphabet.variant))
        sodium_bin2base64(&text, text.count, bytes, bytes.count, alphabet.variant)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Decodes text without padding; `nil` where a character does not belong.
    static func decode(_ text: Substring) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: text.utf8.count)
        var count = 0
        let characters = text.utf8.map(CChar.init(bitPattern:))
        let result = sodium_base642bin(
            &bytes, bytes.count, characters, characters.count, nil, &count, nil, Alphabet.phc.variant)
        return result == 0 ? Array(bytes.prefix(count)) : nil
    }
}
