internal import LMSText

/// The rules for the title of a course or a material, for a token's label and for a person's name.
package enum Title {
    package static let limit = 255

    /// How many scalars the longest composed character is made of. Source: UAX #15, 9.
    private static let longestComposition = 4

    /// The title as it is stored: composed (NFC), without blanks and invisible characters at its ends.
    ///
    /// - Parameter limit: In scalars.
    /// - Throws: `LMSError` `invalid` that says which rule is broken, without the text.
    static func checked(_ text: String, of thing: String = "title", atMost limit: Int = limit) throws -> String {
        let trimmed = text.trimmed
        guard trimmed.isReadable else { throw LMSError(.invalid, "the \(thing) is empty") }
        // A text so long has too many characters after composition, too, and composing it would take long.
        try checkLength(trimmed, atMost: limit, times: longestComposition, of: thing)
        let title = trimmed.normalized
        try checkLength(title, atMost: limit, of: thing)
        if let control = title.firstInvisibleControl {
            throw LMSError(
                .invalid,
                "the \(thing) has a control character (U+\(control.codePoint)), which a \(thing) may not have"
            )
        }
        // Not of what was trimmed: a hidden text is told, wherever it stands.
        if let tag = text.hiddenTag {
            throw LMSError(
                .invalid,
                "the \(thing) has a hidden text (tag characters, U+\(tag.codePoint)), which a \(thing) may not have"
            )
        }
        return title
    }

    /// What titles share that look the same: equal but for invisible characters and for the kind and the number of blanks.
    /// Within a course they are one title.
    ///
    /// A key is stored (`title_key`) and indexed only where it is another text than the title, which is so for few. It takes
    /// half a microsecond a character, so the keys of course files are made while they are read, and those of rows are not made
    /// again. Rows that looked alike before there were keys stay as they are, and may be edited but for their titles.
    ///
    /// - Parameter title: As it is stored.
    package static func key(of title: String) -> String {
        title.seen.normalized
    }

    private static func checkLength(_ title: String, atMost limit: Int, times: Int = 1, of thing: String) throws {
        // No text has more characters than bytes.
        guard title.utf8.count > times * limit else { return }
        let count = title.unicodeScalars.count
        guard count <= times * limit else {
            throw LMSError(
                .invalid, "the \(thing) is too long: \(count) characters, at most \(limit)")
        }
    }
}
