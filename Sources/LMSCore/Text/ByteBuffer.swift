/// Bytes whose address stays while nothing is appended.
final class ByteBuffer {
    private(set) var storage: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    init(capacity: Int) {
        storage = .allocate(capacity: capacity)
    }

    deinit {
        storage.deallocate()
    }

    var capacity: Int { storage.count }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: storage[..<count]) }

    /// What is not in use yet.
    var free: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: storage[count...]))
    }

    func reserve(_ capacity: Int) {
        guard capacity > storage.count else { return }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(capacity, 2 * storage.count))
        _ = larger.update(fromContentsOf: storage[..<count])
        storage.deallocate()
        storage = larger
    }

    func append(_ byte: UInt8) {
        reserve(count + 1)
        storage[count] = byte
        count += 1
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(count + bytes.count)
        _ = storage[count...].update(fromContentsOf: bytes)
        count += bytes.count
    }

    /// Takes the first bytes away.
    func removeFirst(_ number: Int) {
        guard number > 0 else { return }
        let rest = count - number
        if rest > 0, let base = storage.baseAddress { base.update(from: base + number, count: rest) }
        count = rest
    }
}

extension UnsafeBufferPointer<UInt8> {
    var text: String { String(decoding: self, as: UTF8.self) }
}
