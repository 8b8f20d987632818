/// Some of the names that were looked up, with what they stand for. It has its size and no more: a name may push
/// another one out.
final class NameCache<Value> {
    private static var width: Int { 64 }
    private let mask: Int
    private let names: UnsafeMutableBufferPointer<UInt8>
    private var lengths: [UInt8]
    private var values: [Value?]

    /// - Parameter bits: For 2 to the power of so many names.
    init(bits: Int) {
        mask = 1 << bits - 1
        names = .allocate(capacity: Self.width << bits)
        lengths = [UInt8](repeating: 0, count: 1 << bits)
        values = [Value?](repeating: nil, count: 1 << bits)
    }

    deinit {
        names.deallocate()
    }

    /// - Parameter name: In ASCII, in whatever case.
    func find(_ name: UnsafeBufferPointer<UInt8>) -> Value? {
        guard (1..<Self.width).contains(name.count) else { return nil }
        let slot = slot(of: name)
        guard Int(lengths[slot]) == name.count else { return nil }
        let start = slot * Self.width
        for index in 0..<name.count where Self.folded(name[index]) != names[start + index] { return nil }
        return values[slot]
    }

    func put(_ name: UnsafeBufferPointer<UInt8>, _ value: Value) {
        guard (1..<Self.width).contains(name.count) else { return }
        let slot = slot(of: name)
        lengths[slot] = UInt8(name.count)
        for index in 0..<name.count { names[slot * Self.width + index] = Self.folded(name[index]) }
        values[slot] = value
    }

    /// FNV-1a. Source: http://www.isthe.com/chongo/tech/comp/fnv/
    private func slot(of name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name { hash = (hash ^ UInt64(Self.folded(byte))) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    }

    @inline(__always)
    private static func folded(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}
