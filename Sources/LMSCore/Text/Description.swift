/// The rules for the text of a course or a material: any text up to 1 MiB without NUL, kept byte for byte.
package enum Description {
    /// In bytes of UTF-8.
    package static let limit = 1 << 20

    /// - Throws: `LMSError` `invalid` or `tooLarge`.
    static func checked(_ text: String) throws -> String {
        guard text.utf8.count <= limit else {
            throw LMSError(
                .tooLarge, "the text is too long: \(text.utf8.count) bytes, at most \(limit) (1 MiB)")
        }
        guard !text.hasNUL else {
            throw LMSError(.invalid, "the text has a NUL character, which cannot be kept")
        }
        return text
    }

    /// The same for the bytes of a text that has no NUL, without a copy of them.
    static func check(_ text: UnsafeBufferPointer<UInt8>) throws {
        if text.count > limit { _ = try checked(text.text) }
    }
}
