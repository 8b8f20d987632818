package import LMSText

/// The texts of whole files; what is wrong in one is told with the file's name.
package enum FileText {
    /// The text of a file: UTF-8, with or without a byte order mark, or UTF-16 by its mark. The mark is no text.
    ///
    /// - Parameters:
    ///   - name: What the file is called in messages.
    ///   - purpose: What the text is for, so that a file that is something else gets the right advice.
    /// - Throws: `LMSError` `malformed` that says what the file is, or where it is no text, and what to do.
    package static func decoded(
        _ bytes: [UInt8], name: String, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> String {
        try refuseForeign(bytes, name: name, wanted: purpose)
        do throws(TextFault) { return try UnicodeText.decoded(bytes) } catch {
            throw refusal(error, name, purpose)
        }
    }

    /// - Parameter bytes: At least the beginning of the file.
    /// - Throws: `LMSError` `malformed` that says what the file is instead of a text.
    package static func refuseForeign(
        _ bytes: [UInt8], name: String, wanted purpose: ForeignFile.Purpose = .text
    ) throws {
        guard let foreign = ForeignFile(bytes, wanted: purpose) else { return }
        throw LMSError(.malformed, "\(name): this is \(foreign.name)", hint: foreign.hint(wanted: purpose))
    }

    /// - Throws: `LMSError` `malformed` with the location where bytes are no text in UTF-8.
    package static func checkUTF8(_ bytes: [UInt8], name: String) throws {
        do throws(TextFault) { try UnicodeText.checkUTF8(bytes) } catch { throw refusal(error, name, .text) }
    }

    private static func refusal(
        _ fault: TextFault, _ name: String, _ purpose: ForeignFile.Purpose
    ) -> LMSError {
        LMSError(
            .malformed, "\(name):\(fault.location.line):\(fault.location.column): \(fault.message)",
            hint: ForeignFile.otherEncoding.hint(wanted: purpose))
    }
}
