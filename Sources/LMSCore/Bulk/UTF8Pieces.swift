/// The text of a file as UTF-8, piece by piece, whichever form of Unicode it has. Memory does not grow with the file.
final class UTF8Pieces {
    private let file: any BulkFile
    private var offset = 0
    private var utf16: UTF16Transcoder?
    private var hasBegun = false
    private var isAtEnd = false
    /// A piece of UTF-16 as it stands in the file.
    private let raw = ByteBuffer(capacity: 0)

    init(_ file: any BulkFile) { self.file = file }

    /// Whether the file has UTF-16, as its byte order mark says.
    var isUTF16: Bool { utf16 != nil }

    /// Reads another piece.
    ///
    /// - Parameter limit: How many bytes of the file at most.
    /// - Returns: How many bytes of the file were read; 0 at its end.
    /// - Throws: What the file throws.
    func append(to text: ByteBuffer, atMost limit: Int) throws -> Int {
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
        let beginning = try file.beginning(FileText.utf8Mark.count)
        utf16 = UTF16Transcoder(mark: beginning)
        offset = isUTF16 ? 2 : beginning == FileText.utf8Mark ? FileText.utf8Mark.count : 0
        return offset > 0 ? offset : nil
    }
}

extension BulkFile {
    /// The first bytes of the file, fewer only where it has no more.
    func beginning(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let piece = try bytes.withUnsafeMutableBytes {
                try self.read(
                    into: UnsafeMutableRawBufferPointer(rebasing: $0.dropFirst(filled)), from: filled)
            }
            if piece == 0 { break }
            filled += piece
        }
        return Array(bytes.prefix(filled))
    }
}
