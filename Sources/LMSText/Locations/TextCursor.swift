/// Finds the bytes of places in a text, one behind the other: all of them together cost one pass.
struct TextCursor {
    private var place = 0
    private var offset = 0

    /// In bytes from the text's beginning; `nil` for a place before the last one.
    ///
    /// - Parameter place: In Unicode scalars from the text's beginning.
    mutating func offset(of place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard place >= self.place else { return nil }
        while self.place < place, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xc0 == 0x80 { offset += 1 }
            self.place += 1
        }
        return offset
    }
}
