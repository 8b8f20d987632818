import Testing

@testable import LMSHTTP

/// Addresses.
@Suite struct AddressTests {
    @Test(
        arguments: [
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("192.0.2.1", "::ffff:192.0.2.1", true), ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false),
            ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true),
            ("2001:db8:0:0::1", "2001:db8:0:1::1", false), ("2001:DB8::1", "2001:db8:0:0:0:0:0:1", true),
            ("0.0.0.0", "::", false), ("127.0.0.1", "::1", false),
        ])
    func `whom the throttle counts as one`(one: String, other: String, isSame: Bool) throws {
        let left = try #require(IPAddress(one)).countedAs
        let right = try #require(IPAddress(other)).countedAs
        #expect((left == right) == isSame, "\(left) \(right)")
    }

    @Test(
        arguments: [
            "", " ", "x", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4:80", "[::1]", "::1%lo",
            "1.2.3.4/8",
            "01.2.3.4 ", ":::", "localhost", "1.2.3.4\u{0}x",
        ])
    func `what is no address`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("10.0.0.1", "10.0.0.1", true), ("10.0.0.1", "10.0.0.2", false), ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false), ("::/0", "8.8.8.8", false), ("192.0.2.128/25", "192.0.2.127", false),
            ("192.0.2.128/25", "192.0.2.128", true), ("2001:db8::/33", "2001:db8:7fff::1", true),
            ("2001:db8::/33", "2001:db8:8000::1", false), ("127.0.0.0/8", "::ffff:127.0.0.1", true),
        ])
    func `ranges`(range: String, address: String, isInside: Bool) throws {
        let (range, address) = (try #require(AddressRange(range)), try #require(IPAddress(address)))
        #expect(range.contains(address) == isInside)
    }

    @Test(
        arguments: [
            "", "10.0.0.0/", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "::/129",
            "10.0.0.0/8/8", "x/8",
        ])
    func `what is no range`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(
        arguments: [
            ("192.0.2.9", ["198.51.100.1"], "192.0.2.9"), ("10.0.0.1", [], "10.0.0.1"),
            ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", ["203.0.113.1, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", ["203.0.113.1", "198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", ["198.51.100.1, 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", ["198.51.100.1,10.0.0.3 , 10.0.0.2"], "198.51.100.1"),
            ("10.0.0.1", ["10.0.0.7"], "10.0.0.7"), ("10.0.0.1", ["unknown"], "10.0.0.1"),
            ("10.0.0.1", ["198.51.100.1, junk"], "10.0.0.1"), ("10.0.0.1", [""], "10.0.0.1"),
            ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", ["2001:db8:1:2:3::4"], "2001:db8:1:2::"),
            ("10.0.0.1", ["198.51.100.1:49152"], "198.51.100.1"),
            ("10.0.0.1", ["[2001:db8:1:2:3::4]:443"], "2001:db8:1:2::"),
            ("10.0.0.1", ["198.51.100.1, 10.0.0.2:80"], "198.51.100.1"),
        ] as [(String, [String], String)])
    func `the address is the first that no proxy of ours vouches for`(peer: String, hops: [String], expected: String) throws {
        let range = try #require(AddressRange("10.0.0.0/8"))
        let found = ClientAddress(trustedProxies: [range]).find(peer: peer, forwarded: hops)
        let address = try #require(IPAddress(expected))
        #expect(found.counted == address.countedAs)
    }

    @Test func `without trusted proxies, nobody is believed`() {
        let found = ClientAddress(trustedProxies: []).find(peer: "10.0.0.1", forwarded: ["198.51.100.1"])
        #expect(found.shown == "10.0.0.1")
    }

    @Test func `a client that names very many addresses is looked at from the near end, and not for long`() throws {
        let proxies = ClientAddress(trustedProxies: [try #require(AddressRange("10.0.0.0/8"))])
        let hops = [String](repeating: "10.0.0.7", count: 10_000)
        let found = proxies.find(peer: "10.0.0.1", forwarded: ["192.0.2.1", hops.joined(separator: ",")])
        #expect(found.counted == "10.0.0.7")
        #expect(
            proxies.find(peer: "10.0.0.1", forwarded: ["192.0.2.9, , 198.51.100.2 ,10.0.0.2", "10.0.0.3"])
                .counted
                == "198.51.100.2")
        #expect(proxies.find(peer: "10.0.0.1", forwarded: [" ,"]).counted == "10.0.0.1")
    }
}
