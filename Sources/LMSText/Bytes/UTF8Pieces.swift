/// The text of a file as UTF-8, piece by piece, whichever form of Unicode it has. Memory does not grow with the file.
///
/// UTF-8 stays as it is, raw bytes, and UTF-16 becomes UTF-8 piece by piece. Nothing is guessed: an 8-bit text does not say
/// which of a dozen encodings it has, so it is refused.
final class UTF8Pieces {
    private let file: any ByteSource
    private var offset = 0
    private var utf16: UTF16Transcoder?
    private var hasBegun = false
    private var isAtEnd = false
    /// A piece of UTF-16 as it stands in the file.
    private let raw = GrowingBytes(capacity: 0)

    init(_ file: any ByteSource) { self.file = file }

    /// Whether the file has UTF-16, as its byte order mark says.
    var isUTF16: Bool { utf16 != nil }

    /// Reads another piece.
    ///
    /// - Parameter limit: How many bytes of the file at most.
    /// - Returns: How many bytes of the file were read; 0 at its end.
    /// - Throws: What the file throws.
    func append(to text: GrowingBytes, atMost limit: Int) throws -> Int {
        if !hasBegun, let mark = try readMark() { return mark }
        guard utf16 != nil else {
            text.reserve(text.count + limit)
            let count = try file.read(
                into: UnsafeMutableRawBufferPointer(rebasing: text.free.prefix(limit)), from: offset)
            text.count += count
            offset += count
            return count
        }
        raw.reserve(limit)
        let count = try file.read(
            into: UnsafeMutableRawBufferPointer(rebasing: raw.free.prefix(limit)), from: offset)
        offset += count
        if count > 0 {
            utf16?.append(
                UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(raw.free).prefix(count)), to: text)
        } else {
            utf16?.end(text)
        }
        return count
    }

    /// Passes over the byte order mark.
    ///
    /// - Returns: How many bytes it has; `nil` where there is none.
    private func readMark() throws -> Int? {
        hasBegun = true
        let beginning = try file.beginning(UnicodeText.utf8Mark.count)
        utf16 = UTF16Transcoder(mark: beginning)
        offset = isUTF16 ? 2 : beginning == UnicodeText.utf8Mark ? UnicodeText.utf8Mark.count : 0
        return offset > 0 ? offset : nil
    }
}
