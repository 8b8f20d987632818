/// What keeps a spreadsheet from running a cell: a `'` in front, which an import takes away again.
/// Source: OWASP, CSV Injection.
package enum CSVDefusing {
    /// Whether a spreadsheet could take a cell for a formula: any number of `'`, then one of `= + - @`, tab or return.
    @inlinable @inline(__always)
    package static func isNeeded(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes where byte != UInt8(ascii: "'") {
            switch byte {
            case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
                UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                return true
            default: return false
            }
        }
        return false
    }

    /// The cell as it was before it was defused.
    @inlinable @inline(__always)
    package static func undone(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard bytes.first == UInt8(ascii: "'"), isNeeded(bytes) else { return bytes }
        return UnsafeBufferPointer(rebasing: bytes.dropFirst())
    }
}
