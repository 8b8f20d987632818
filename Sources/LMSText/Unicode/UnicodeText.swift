/// Texts in whichever form of Unicode people's programs wrote them.
package enum UnicodeText {
    static let utf8Mark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// The text of bytes: UTF-8, with or without a byte order mark, or UTF-16 by its mark. The mark is no part of it.
    ///
    /// - Throws: `TextFault` with the first location where the bytes are no text, or a NUL.
    package static func decoded(_ bytes: [UInt8]) throws(TextFault) -> String {
        try bytes.withUnsafeBufferPointer { bytes throws(TextFault) in
            guard var utf16 = UTF16Transcoder(mark: bytes) else {
                let isMarked = bytes.starts(with: utf8Mark)
                return try valid(
                    UnsafeBufferPointer(rebasing: bytes.dropFirst(isMarked ? utf8Mark.count : 0)), notUTF8)
            }
            let text = GrowingBytes(capacity: bytes.count)
            utf16.append(
                UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.dropFirst(2))), to: text)
            utf16.end(text)
            return try valid(text.bytes, notUTF16)
        }
    }

    /// - Throws: `TextFault` with the first location where the bytes are no text in UTF-8, or a NUL.
    package static func checkUTF8(_ bytes: [UInt8]) throws(TextFault) {
        _ = try bytes.withUnsafeBufferPointer { bytes throws(TextFault) in try valid(bytes, notUTF8) }
    }

    static let notUTF8 = "this is not UTF-8 text"
    static let notUTF16 = "this is not well-formed UTF-16 text"
    static let nul = "this is a NUL: the file is no text, or is damaged"

    private static func valid(
        _ bytes: UnsafeBufferPointer<UInt8>, _ fault: String
    ) throws(TextFault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TextFault(at: TextLocation(behind: bytes.prefix(bytes.countOfValidUTF8)), fault)
        }
        if let offset = bytes.firstIndex(of: 0) {
            throw TextFault(at: TextLocation(behind: bytes.prefix(offset)), nul)
        }
        return text
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
