/// Bytes whose address stays while nothing is appended.
package final class GrowingBytes {
    private var storage: UnsafeMutableBufferPointer<UInt8>
    package var count = 0

    package init(capacity: Int) {
        storage = .allocate(capacity: capacity)
    }

    deinit {
        storage.deallocate()
    }

    var capacity: Int { storage.count }

    package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: storage[..<count]) }

    /// The room behind the bytes.
    package var free: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: storage[count...]))
    }

    package func reserve(_ capacity: Int) {
        guard capacity > storage.count else { return }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(capacity, 2 * storage.count))
        _ = larger.update(fromContentsOf: storage[..<count])
        storage.deallocate()
        storage = larger
    }

    package func append(_ byte: UInt8) {
        reserve(count + 1)
        storage[count] = byte
        count += 1
    }

    package func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        reserve(count + bytes.count)
        _ = storage[count...].update(fromContentsOf: bytes)
        count += bytes.count
    }

    /// Takes the first bytes away.
    package func removeFirst(_ number: Int) {
        guard number > 0 else { return }
        let rest = count - number
        if rest > 0, let base = storage.baseAddress { base.update(from: base + number, count: rest) }
        count = rest
    }
}

extension UnsafeBufferPointer<UInt8> {
    package var text: String { String(decoding: self, as: UTF8.self) }

    /// Whether they are a text of ours.
    @inlinable
    package func isText(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { $0.count == count && elementsEqual($0) }
    }
}
