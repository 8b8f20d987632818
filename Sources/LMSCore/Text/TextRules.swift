internal import LMSText

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

/// Names the first character of a name that looks like one of ours and is none, for the end of a message; empty
/// where there is none, or nobody sees it: then it is written out.
func strangeCharacter(in name: String) -> String {
    guard let scalar = name.unicodeScalars.first(where: { !$0.isASCII && !$0.mustBeSpelledOut }) else {
        return ""
    }
    return ": it has '\(scalar)' (U+\(scalar.codePoint))"
}

/// Reads an id as users write it, `^[1-9][0-9]{0,18}$`; `nil` for anything else, an id that does not
/// fit 64 bits included.
func parseID(_ text: String) -> Int64? { parseID(text.utf8) }

/// The same for the bytes of a text.
func parseID(_ bytes: some Collection<UInt8>) -> Int64? {
    guard bytes.count <= 19, let first = bytes.first, first != UInt8(ascii: "0") else { return nil }
    return Int64(digits: bytes)
}
