import LMSCore
import Testing

/// Stored hashes as texts.
@Suite struct PasswordHashTests {
    private static let good =
        "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    /// The rule in words of its own: the form, what may be spent, and base64 without padding, whose last character has no
    /// bits left over.
    private static func isHash(_ text: String) throws -> Bool {
        let form =
            /\$argon2id\$v=19\$m=([1-9][0-9]{0,18}),t=([1-9][0-9]{0,18}),p=1\$([A-Za-z0-9+\/]{21}[AQgw])\$([A-Za-z0-9+\/]{21,86})/
        guard text.utf8.allSatisfy({ $0 < 0x80 }), let parts = text.wholeMatch(of: form), let memory = Int64(parts.1),
            let passes = Int64(parts.2),
            (8...262_144).contains(memory), (1...10).contains(passes)
        else { return false }
        switch (parts.4.utf8.count % 4, parts.4.last) {
        case (0, _): return parts.4.utf8.count <= 84
        case (2, let last?): return "AQgw".contains(last) && parts.4.utf8.count >= 22
        case (3, let last?): return "AEIMQUYcgkosw048".contains(last)
        default: return false
        }
    }

    @Test func `texts that are nearly a hash are taken where they keep the rule`() throws {
        #expect(try Self.isHash(Self.good))
        let letters = "$$$,=mtpv0123456789AQgwEIz+/-_ \0é\u{301}".unicodeScalars.map(\.self)
        var taken = 0
        for number in 0..<40_000 {
            var scalars = Array(Self.good.unicodeScalars)
            // Also what is longer or shorter by some characters of its digest.
            if number % 4 == 0 { scalars.removeLast(Int.random(in: 0...24)) }
            if number % 4 == 1 { scalars += repeatElement("A", count: Int.random(in: 0...50)) }
            for _ in 0..<Int.random(in: 0...2) {
                let index = Int.random(in: 0..<scalars.count)
                switch Int.random(in: 0..<3) {
                case 0: scalars.remove(at: index)
                case 1: scalars.insert(letters.randomElement() ?? "$", at: index)
                default: scalars[index] = letters.randomElement() ?? "$"
                }
            }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            let text = String(view)
            let hash = PasswordHash(phc: text)
            #expect((hash != nil) == (try Self.isHash(text)), "\(text.debugDescription)")
            if let hash {
                #expect(hash.phc == text)
                taken += 1
            }
        }
        #expect(taken > 1000 && taken < 39_000, "\(taken) were hashes: of both kinds there must be many")
    }

    @Test(
        arguments: [
            "m=08,t=3", "m=+8,t=3", "m=8,t=03", "m=8,t=0", "m=7,t=1", "m=262145,t=1", "m=8,t=11", "m= 8,t=1",
            "m=9223372036854775807,t=1", "m=8,t=9223372036854775808", "m=8", "t=1,m=8", "m=8,t=1,t=1", "m=8,,t=1",
        ])
    func `other parameters are none`(parameters: String) throws {
        let text = Self.good.replacing("m=65536,t=3", with: parameters)
        #expect(PasswordHash(phc: text) == nil)
        #expect(try !Self.isHash(text))
    }
}
