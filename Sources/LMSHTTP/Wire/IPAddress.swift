internal import Glibc

/// An IP address, for counting and for ranges.
struct IPAddress: Hashable, Sendable {
    /// 4 or 16.
    let bytes: [UInt8]

    /// Reads an address; `nil` for anything else. An IPv6 address that stands for one of IPv4
    /// (`::ffff:1.2.3.4`) is read as that.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        // inet_pton would read no further than a NUL.
        guard !text.utf8.contains(0) else { return nil }
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            let all = withUnsafeBytes(of: &six) { Array($0) }
            let isMapped = all.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
            bytes = isMapped ? Array(all.suffix(4)) : all
        } else {
            return nil
        }
    }

    /// `127.0.0.0/8` and `::1`.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
    }

    /// Whom the throttle counts: an IPv4 address, or the first 64 bits of an IPv6 address, which is what one household or
    /// school gets: else one guesser would have as many addresses as wanted. Source: RFC 6177.
    var countedAs: String {
        bytes.count == 4
            ? bytes.map { String($0) }.joined(separator: ".")
            : bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
    }
}

/// Addresses that begin with the same bits: `10.0.0.0/8`, `::1`.
package struct AddressRange: Sendable {
    private let address: IPAddress
    private let bits: Int

    /// - Returns: `nil` for a text that is no range.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let all = address.bytes.count * 8
        switch parts.count {
        case 1: bits = all
        case 2:
            guard let bits = Int(parts[1]), bits.description == parts[1], (0...all).contains(bits) else {
                return nil
            }
            self.bits = bits
        default: return nil
        }
        self.address = address
    }

    func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        return (0..<bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            return address.bytes[bit / 8] & mask == other.bytes[bit / 8] & mask
        }
    }
}
