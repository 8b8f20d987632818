internal import LMSText

/// A school's own number of a person: `0081234567`, `19800101.200501/1-002`. Unique ignoring case.
package struct PersonNumber: PersonalText {
    package let shown: String

    package init(_ text: String) { shown = text }

    package static let kind = "number"
    package static let limit = 50

    /// The form that is unique.
    var folded: String { shown.lowercased() }

    var isValid: Bool {
        let bytes = shown.utf8
        func isLetterOrDigit(_ byte: UInt8) -> Bool { isASCIILetter(byte) || isASCIIDigit(byte) }
        guard (1...Self.limit).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
        return isLetterOrDigit(first) && isLetterOrDigit(last)
            && bytes.allSatisfy {
                isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "-")
            }
    }

    /// The number as it is stored, without blanks around it; `nil` for an empty text, which takes the number away.
    ///
    /// - Throws: `LMSError` `invalid` where the rule for numbers is broken.
    func checked() throws -> PersonNumber? {
        if shown.isEmpty { return nil }
        let number = PersonNumber(shown.trimmed)
        guard number.isValid else {
            throw LMSError(
                .invalid, "\(quoted(shown)) cannot be a number\(strangeCharacter(in: shown))",
                hint: "A number has 1 to \(Self.limit) of A-Z a-z 0-9 . / - and begins and ends with a letter or digit.")
        }
        return number
    }
}

extension LMSError {
    static func numberTaken(by username: Username) -> LMSError {
        LMSError(
            .conflict, "'\(username)' has this number already",
            hint: "Where that is a mistake, change it first, with: lms user edit \(username) --number NUMBER")
    }
}
