import Foundation
import LMSText
import Testing

/// Normal forms.
///
/// What a text's normal form must keep, by other means than the library that makes it: Swift's `==` compares texts by
/// canonical equivalence with tables of its own.
@Suite struct NormalizationTests {
    @Test(
        arguments: [
            ("\u{344}", "\u{308}\u{301}"), ("\u{f73}", "\u{f71}\u{f72}"), ("\u{301}", "\u{301}"),
            ("\u{fb2c}", "\u{5e9}\u{5bc}\u{5c1}"),
        ])
    func `a run of marks keeps its length, however long it is`(character: String, decomposed: String) {
        for count in [1, 31, 32, 33, 64, 1000] {
            let text = "q" + String(repeating: character, count: count)
            #expect(text.normalized == Self.writtenOut(text))
            let parts = decomposed.unicodeScalars.count * count
            #expect(text.normalized.unicodeScalars.count == 1 + parts)
        }
    }

    @Test func `marks are brought into one order, and letters composed`() {
        let spellings = [
            "\u{1ed9}", "o\u{323}\u{302}", "o\u{302}\u{323}", "\u{f4}\u{323}", "\u{1ecd}\u{302}",
        ]
        for spelling in spellings { #expect(spelling.normalized.isIdentical(to: "\u{1ed9}")) }
        #expect("\u{1112}\u{1161}\u{11ab}".normalized.isIdentical(to: "\u{d55c}"))
        // Excluded from composition, and a mark that a mark of its class keeps away.
        #expect("\u{958}".normalized.isIdentical(to: "\u{915}\u{93c}"))
        #expect("a\u{300}\u{301}".normalized.isIdentical(to: "\u{e0}\u{301}"))
        // 0x10041 is no A, though its last sixteen bits are.
        #expect("\u{10041}\u{300}".normalized.isIdentical(to: "\u{10041}\u{300}"))
    }

    @Test func `of texts of letters and marks nothing is lost, and each has one form`() {
        var random = SystemRandomNumberGenerator()
        let starters = Self.scalars { $0.properties.canonicalCombiningClass.rawValue == 0 }
        let marks = Self.scalars { $0.properties.canonicalCombiningClass.rawValue != 0 }
        for _ in 0..<20_000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...3) {
                scalars.append(starters.randomElement(using: &random) ?? "a")
                for _ in 0..<Int.random(in: 0...4) {
                    scalars.append(marks.randomElement(using: &random) ?? "b")
                }
            }
            let text = String(scalars)
            let form = text.normalized
            #expect(form == Self.writtenOut(text), "\(Self.numbers(text)) became \(Self.numbers(form))")
            #expect(form.normalized.isIdentical(to: form), "\(Self.numbers(text))")
            let decomposed = text.decomposedStringWithCanonicalMapping
            #expect(
                decomposed != text || decomposed.normalized.isIdentical(to: form), "\(Self.numbers(text))")
        }
    }

    @Test func `every character's form, and its parts in the search, are what they were in 0.1.0`() {
        let differing = Self.scalars { scalar in
            let text = String(scalar)
            return !text.normalized.isIdentical(to: text.precomposedStringWithCanonicalMapping)
                || scalar.compatibilityDecomposition
                    != Array(text.decomposedStringWithCompatibilityMapping.unicodeScalars)
        }
        #expect(differing.isEmpty, "\(differing.prefix(20).map { String($0.value, radix: 16) })")
    }

    @Test func `a long run of marks takes no more than its length`() {
        let text = "a" + String(repeating: "\u{301}\u{323}", count: 200_000)
        let clock = ContinuousClock()
        let time = clock.measure { #expect(text.normalized.unicodeScalars.count >= 400_000) }
        #expect(time < .seconds(15))
    }

    private static func scalars(where isWanted: (Unicode.Scalar) -> Bool) -> [Unicode.Scalar] {
        (0x80...0x2fa1f).compactMap { Unicode.Scalar(UInt32($0)) }.filter { scalar in
            switch scalar.value {
            // Alike: ideographs, Hangul syllables, private characters.
            case 0x3402...0x9ff0, 0xac20...0xd780, 0xe001...0xf8fe, 0x17002...0x18cd0, 0x20002...0x2f7f0:
                false
            default: scalar.properties.generalCategory != .unassigned && isWanted(scalar)
            }
        }
    }

    /// Swift takes three Tibetan marks, which are made of two marks and count as letters, for an end of their row.
    private static func writtenOut(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar.value {
            case 0xf73: result += "\u{f71}\u{f72}"
            case 0xf75: result += "\u{f71}\u{f74}"
            case 0xf81: result += "\u{f71}\u{f80}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    private static func numbers(_ text: String) -> [String] {
        text.unicodeScalars.map { String($0.value, radix: 16) }
    }
}

extension String {
    fileprivate func isIdentical(to other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
