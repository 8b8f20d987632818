internal import LMSText

/// Finds out who is at the other end.
struct ClientAddress {
    let trustedProxies: [AddressRange]

    /// - Parameters:
    ///   - peer: The connection's own address.
    ///   - forwarded: The values of `X-Forwarded-For`, in which each proxy puts the address that it saw
    ///     behind the others.
    /// - Returns: The address, and how the throttle counts it.
    func find(peer: String?, forwarded: [String]) -> (shown: String, counted: String) {
        guard let peer else { return ("unknown", "unknown") }
        // An IPv4 address is counted as it stands.
        if trustedProxies.isEmpty, !peer.utf8.contains(UInt8(ascii: ":")) { return (peer, peer) }
        guard var address = IPAddress(peer) else { return (peer, "unknown") }
        var shown = peer
        var hops = Hops(forwarded)
        for _ in 0..<Self.furthest {
            guard isTrusted(address), let hop = hops.next(), let next = IPAddress(Self.withoutPort(hop))
            else { break }
            (address, shown) = (next, hop)
        }
        return (shown, address.countedAs)
    }

    /// How many proxies are followed: nobody has more of them one behind the other.
    private static let furthest = 16

    /// The addresses of `X-Forwarded-For`, the nearest first.
    private struct Hops: IteratorProtocol {
        private var values: [Substring]

        init(_ values: [String]) { self.values = values.map { $0[...] } }

        mutating func next() -> String? {
            while let value = values.popLast() {
                let comma = value.lastIndex(of: ",")
                if let comma { values.append(value[..<comma]) }
                let hop = String(value[(comma.map(value.index(after:)) ?? value.startIndex)...]).trimmed
                // As a list may have them. Source: RFC 9110, section 5.6.1.
                if !hop.isEmpty { return hop }
            }
            return nil
        }
    }

    /// Some proxies write `1.2.3.4:5678` and `[::1]:5678`.
    private static func withoutPort(_ hop: String) -> Substring {
        if hop.hasPrefix("[") { return hop.dropFirst().prefix { $0 != "]" } }
        let colons = hop.utf8.count { $0 == UInt8(ascii: ":") }
        return colons == 1 ? hop.prefix { $0 != ":" } : hop[...]
    }

    private func isTrusted(_ address: IPAddress) -> Bool {
        trustedProxies.contains { $0.contains(address) }
    }
}
