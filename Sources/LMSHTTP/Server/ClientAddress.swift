internal import Foundation

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
        let hops = forwarded.flatMap { $0.split(separator: ",") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
        for hop in hops.reversed() {
            guard isTrusted(address), let next = IPAddress(Self.withoutPort(hop)) else { break }
            (address, shown) = (next, hop)
        }
        return (shown, address.countedAs)
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
