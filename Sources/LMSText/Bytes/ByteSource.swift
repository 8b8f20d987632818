/// Bytes that are read in pieces, perhaps more than once: a file.
package protocol ByteSource: Sendable {
    /// - Returns: How many bytes were read from `offset` on; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws -> Int
}

extension ByteSource {
    /// The first bytes, fewer only where there are no more.
    package func beginning(_ count: Int) throws -> [UInt8] {
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
