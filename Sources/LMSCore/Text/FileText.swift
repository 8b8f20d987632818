/// The texts of whole files, in whichever form of Unicode people's programs wrote them.
package enum FileText {
    static let utf8Mark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// The text of a file: UTF-8, with or without a byte order mark, or UTF-16 by its mark. The mark is no text.
    ///
    /// - Parameter name: What the file is called in messages.
    /// - Throws: `LMSError` `malformed` that says what the file is, or where it is no text, and what to do.
    package static func decoded(
        _ bytes: [UInt8], name: String, wanted purpose: ForeignFile.Purpose = .text
    ) throws -> String {
        try refuseForeign(bytes, name: name, wanted: purpose)
        return try bytes.withUnsafeBytes { raw in
            guard var utf16 = UTF16Transcoder(mark: raw) else {
                let text = raw.assumingMemoryBound(to: UInt8.self)
                let isMarked = text.starts(with: utf8Mark)
                return try valid(
                    UnsafeBufferPointer(rebasing: text.dropFirst(isMarked ? utf8Mark.count : 0)), name,
                    "this is not UTF-8 text", purpose)
            }
            let text = ByteBuffer(capacity: bytes.count)
            utf16.append(UnsafeRawBufferPointer(rebasing: raw.dropFirst(2)), to: text)
            utf16.end(text)
            return try valid(text.bytes, name, "this is not well-formed UTF-16 text", purpose)
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

    /// - Throws: `LMSError` `malformed` with the place where bytes are no text in UTF-8.
    package static func checkUTF8(_ bytes: [UInt8], name: String) throws {
        _ = try bytes.withUnsafeBufferPointer { try valid($0, name, "this is not UTF-8 text", .text) }
    }

    private static func valid(
        _ bytes: UnsafeBufferPointer<UInt8>, _ name: String, _ fault: String, _ purpose: ForeignFile.Purpose
    ) throws -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error(fault, name, bytes.prefix(bytes.countOfValidUTF8), purpose)
        }
        if let offset = bytes.firstIndex(of: 0) {
            throw error(
                "this is a NUL: the file is no text, or is damaged", name, bytes.prefix(offset), purpose)
        }
        return text
    }

    private static func error(
        _ fault: String, _ name: String, _ before: some RandomAccessCollection<UInt8>,
        _ purpose: ForeignFile.Purpose
    ) -> LMSError {
        let place = TextPlace(behind: before)
        return LMSError(
            .malformed, "\(name):\(place.line):\(place.column): \(fault)", hint: wayOut(purpose))
    }

    /// What to do with a text in another encoding.
    static func wayOut(_ purpose: ForeignFile.Purpose) -> String {
        ForeignFile("text in another encoding", .encoding).hint(wanted: purpose)
    }
}

extension Sequence<UInt8> {
    /// How many bytes stand before the first that is no UTF-8.
    var countOfValidUTF8: Int {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = makeIterator()
        var valid = 0
        while case .valid(let scalar) = parser.parseScalar(from: &iterator) { valid += scalar.count }
        return valid
    }
}
