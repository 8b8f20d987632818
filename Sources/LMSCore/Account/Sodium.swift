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

    /// Decodes text without padding; `nil` where there is none, or a character does not belong.
    static func decode(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]? {
        // libsodium takes some bytes beyond ASCII for letters.
        guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
        var isText = false
        let bytes = UnsafeBufferPointer(rebasing: text).withMemoryRebound(to: CChar.self) { text in
            // Four characters make three bytes.
            [UInt8](unsafeUninitializedCapacity: text.count * 3 / 4) { bytes, count in
                guard let start = bytes.baseAddress else { return }
                isText =
                    sodium_base642bin(
                        start, bytes.count, text.baseAddress, text.count, nil, &count, nil, Alphabet.phc.variant) == 0
                // What was read before a character that does not belong counts for nothing.
                if !isText { count = 0 }
            }
        }
        return isText ? bytes : nil
    }
}
