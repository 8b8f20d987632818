@inlinable
package func isASCIILetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

@inlinable
package func isASCIIDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

extension Int64 {
    /// Reads ASCII digits and nothing else; `nil` for what does not fit 64 bits.
    @inlinable
    package init?(digits: some Collection<UInt8>) {
        guard !digits.isEmpty else { return nil }
        var number: Int64 = 0
        for byte in digits {
            let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            guard isASCIIDigit(byte), !isTooLarge else { return nil }
            let (sum, isLarger) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
            guard !isLarger else { return nil }
            number = sum
        }
        self = number
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes a number of so many digits, with zeros in front.
    func write(_ number: Int64, at places: Range<Int>) {
        var rest = number.magnitude
        for place in places.reversed() {
            self[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}
