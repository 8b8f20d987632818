/// Finds the offsets of marks in a text, one behind the other: all of them together cost one pass.
struct TextCursor {
    private var mark = 0
    private var offset = 0

    /// In bytes from the text's beginning; `nil` for a mark before the last one.
    ///
    /// - Parameter mark: In Unicode scalars from the text's beginning.
    mutating func offset(of mark: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard mark >= self.mark else { return nil }
        while self.mark < mark, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xc0 == 0x80 { offset += 1 }
            self.mark += 1
        }
        return offset
    }
}
