internal import Foundation

extension Unicode.Scalar {
    /// Whether a scalar steers the terminal or the reader instead of being read: control characters,
    /// bidirectional controls, line and paragraph separators, the byte order mark.
    package var isInvisibleControl: Bool {
        switch value {
        case 0...0x1f, 0x7f...0x9f: true
        case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
        case 0x2028, 0x2029, 0xfeff: true
        default: false
        }
    }
}

extension String {
    /// Unicode's canonical composition, so that one spelling is stored one way.
    var normalized: String {
        utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
    }

    /// The text without white space at its ends.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Whether two texts are the same bytes. `==` takes different spellings of a letter for equal.
    func isIdentical(to other: String?) -> Bool {
        guard let other else { return false }
        return utf8.elementsEqual(other.utf8)
    }
}

/// The rule that a username and a course code share: 1 to `limit` of `A-Z a-z 0-9 . _ -`, the first a
/// letter or a digit.
func isName(_ text: String, limit: Int) -> Bool {
    let bytes = text.utf8
    guard (1...limit).contains(bytes.count), let first = bytes.first,
        isASCIILetter(first) || isASCIIDigit(first)
    else { return false }
    return bytes.allSatisfy {
        isASCIILetter($0) || isASCIIDigit($0)
            || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
    }
}

func isASCIILetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

func isASCIIDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// Reads an id as users write it, `^[1-9][0-9]{0,18}$`; `nil` for anything else, an id that does not
/// fit 64 bits included.
func parseID(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count <= 19, let first = bytes.first, first != UInt8(ascii: "0") else { return nil }
    return Int64(digits: bytes[...])
}
