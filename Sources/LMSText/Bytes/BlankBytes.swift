/// Trims UTF-8 in place, without a copy.
extension UnsafeBufferPointer<UInt8> {
    /// The text without blanks of every kind and invisible characters at its ends.
    @inlinable @inline(__always)
    package var trimmed: UnsafeBufferPointer<UInt8> {
        guard let first, let last else { return self }
        return Self.isSeen(first) && Self.isSeen(last) ? self : trimmedSlowly
    }

    /// Whether there is nothing but blanks and invisible characters.
    package var isBlank: Bool { trimmed.isEmpty }

    /// Whether it begins or ends with a blank or an invisible character.
    package var hasBlankEnds: Bool { trimmed.count < count }

    /// Whether a byte is a character of ASCII that shows.
    @usableFromInline @inline(__always)
    static func isSeen(_ byte: UInt8) -> Bool { byte &- 0x21 < 0x5e }

    @usableFromInline var trimmedSlowly: UnsafeBufferPointer<UInt8> {
        var (low, high) = (0, count)
        while low < high, let length = Self.lengthOfBlank(self[low..<high]) { low += length }
        while low < high {
            var start = high - 1
            while start > low, self[start] & 0xc0 == 0x80 { start -= 1 }
            guard Self.lengthOfBlank(self[start..<high]) == high - start else { break }
            high = start
        }
        return UnsafeBufferPointer(rebasing: self[low..<high])
    }

    /// How many bytes the blank or invisible character has that stands first; `nil` where another one does.
    private static func lengthOfBlank(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
        let scalar = Unicode.UTF8.decode(encoded)
        return scalar.isBlank || scalar.isInvisible ? encoded.count : nil
    }
}
