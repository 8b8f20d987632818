/// Finds what YAML reads without an error, but otherwise than its writer meant it: a ` #` that cuts a text, the quotes of a
/// word processor. Reading goes on, so that one pass names all of them.
struct YAMLSlips {
    private var found: [YAMLError] = []
    private var cursor = TextCursor()

    /// What was noted since the last call.
    mutating func take() -> [YAMLError] {
        defer { found = [] }
        return found
    }

    /// Looks at a plain text.
    ///
    /// - Parameters:
    ///   - mark: In Unicode scalars from the beginning of what is read, as the end, and later than those before.
    ///   - bytes: All that is read.
    /// - Returns: The text, as far as it is known what it should be.
    mutating func meant(
        by text: String, at mark: Int, endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> String {
        if let offset = cursor.offset(of: end, in: bytes) {
            let sign = bytes.skippingBlanks(from: offset, to: bytes.count)
            if sign > offset, sign < bytes.count, bytes[sign] == UInt8(ascii: "#"),
                bytes.skippingBlanks(from: sign + 1, to: min(sign + 2, bytes.count)) == sign + 1
            {
                found.append(YAMLError(mark: end + sign - offset, message: Self.cutText))
                // Not empty: nobody is to be told that nothing stands here.
                return text.isEmpty ? "#" : text
            }
        }
        // The quotes that word processors write are all in one block, which begins with this byte.
        guard text.utf8.first == 0xe2 else { return text }
        let inner = YAMLRefusal.withoutQuotes(text)
        let outer = [text.unicodeScalars.first, text.unicodeScalars.last]
        guard inner.utf8.count < text.utf8.count,
            !inner.unicodeScalars.contains(where: { outer.contains($0) })
        else { return text }
        found.append(YAMLError(mark: mark, message: Self.curvedQuotes))
        return inner
    }

    private static let cutText =
        "from # on, YAML would drop this as a comment: put quotes around the text, or a blank behind the #"
    private static let curvedQuotes =
        "these quotes of a word processor are letters to YAML: put quotes around it as the keyboard has them, \" or '"
}
