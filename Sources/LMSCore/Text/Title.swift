/// The rules for the title of a course or a material, and for a token's label.
package enum Title {
    package static let limit = 255

    /// The title as it is stored: composed (NFC), without white space at its ends.
    ///
    /// - Throws: `LMSError` `invalid` that says which rule is broken.
    static func checked(_ text: String, of thing: String = "title") throws -> String {
        let title = text.normalized.trimmed
        let count = title.unicodeScalars.count
        guard count > 0 else { throw LMSError(.invalid, "the \(thing) is empty") }
        guard count <= limit else {
            throw LMSError(
                .invalid, "the \(thing) is too long: \(count) characters, at most \(limit)")
        }
        if let control = title.unicodeScalars.first(where: \.isInvisibleControl) {
            throw LMSError(
                .invalid,
                "the \(thing) has a control character (U+\(control.codePoint)), which a \(thing) may not have"
            )
        }
        return title
    }
}

extension Unicode.Scalar {
    /// Four or more hexadecimal digits, as in `U+001B`.
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
