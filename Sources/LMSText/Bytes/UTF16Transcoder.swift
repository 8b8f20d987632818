/// Turns UTF-16 into UTF-8 as it arrives. What is no well-formed UTF-16 becomes a byte that UTF-8 never has, so that
/// whoever checks the text finds its location.
struct UTF16Transcoder {
    private let isBigEndian: Bool
    /// The first byte of a unit whose second is not there yet.
    private var half: UInt8?
    /// The first unit of a pair whose second is not there yet.
    private var high: UInt16?
    private static let fault: UInt8 = 0xff

    /// Tells the encoding by the byte order mark at the beginning of a file.
    ///
    /// - Returns: `nil` where there is none.
    init?(mark bytes: some Sequence<UInt8>) {
        var bytes = bytes.makeIterator()
        switch (bytes.next(), bytes.next()) {
        case (0xff, 0xfe): isBigEndian = false
        case (0xfe, 0xff): isBigEndian = true
        default: return nil
        }
    }

    /// - Parameter bytes: What comes next; the mark itself does not belong to the text.
    mutating func append(_ bytes: UnsafeRawBufferPointer, to text: GrowingBytes) {
        // No unit takes more than three bytes.
        text.reserve(text.count + 3 * (bytes.count / 2 + 2))
        for byte in bytes {
            guard let half else {
                half = byte
                continue
            }
            self.half = nil
            let unit = isBigEndian ? UInt16(half) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(half)
            append(unit, to: text)
        }
    }

    /// Ends the text.
    mutating func end(_ text: GrowingBytes) {
        if high != nil || half != nil { text.append(Self.fault) }
        (high, half) = (nil, nil)
    }

    private mutating func append(_ unit: UInt16, to text: GrowingBytes) {
        if let high {
            self.high = nil
            if UTF16.isTrailSurrogate(unit) {
                let value = 0x10000 + UInt32(high & 0x3ff) << 10 + UInt32(unit & 0x3ff)
                text.append(UInt8(truncatingIfNeeded: 0xf0 | value >> 18))
                for shift in [12, 6, 0] { text.append(Self.continuation(value >> UInt32(shift))) }
                return
            }
            text.append(Self.fault)
        }
        switch unit {
        case 0..<0x80: text.append(UInt8(truncatingIfNeeded: unit))
        case 0x80..<0x800:
            text.append(UInt8(truncatingIfNeeded: 0xc0 | unit >> 6))
            text.append(Self.continuation(UInt32(unit)))
        default:
            if UTF16.isLeadSurrogate(unit) {
                high = unit
            } else if UTF16.isTrailSurrogate(unit) {
                text.append(Self.fault)
            } else {
                text.append(UInt8(truncatingIfNeeded: 0xe0 | unit >> 12))
                text.append(Self.continuation(UInt32(unit) >> 6))
                text.append(Self.continuation(UInt32(unit)))
            }
        }
    }

    private static func continuation(_ value: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: 0x80 | value & 0x3f)
    }
}
