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

    @Test func `the form of 0.1.0 is what Foundation makes of every character, and of every pair that it composes`() {
        let all = Self.scalars { _ in true }
        let composed = all.map { Array(String($0).decomposedStringWithCanonicalMapping.unicodeScalars) }
            .filter { $0.count > 1 }
        let letters = Set(composed.flatMap { $0.dropLast() })
        let marks = Set(composed.flatMap { $0.dropFirst() })
        let pairs = letters.flatMap { letter in marks.map { "\(letter)\($0)" } }
        expectFormerForm(all.map { String($0) } + pairs)
    }

    @Test func `the form of 0.1.0 is what Foundation makes of texts of all kinds`() {
        var random = SystemRandomNumberGenerator()
        let all = Self.scalars { _ in true }
        let marks = Self.scalars { $0.properties.canonicalCombiningClass.rawValue != 0 }
        let decomposed = all.flatMap { String($0).decomposedStringWithCanonicalMapping.unicodeScalars }
        let hangul = [0x1100...0x1115, 0x1160...0x1178, 0x11a6...0x11c4, 0xac00...0xac20, 0xd790...0xd7a3]
            .flatMap { $0 }.compactMap { Unicode.Scalar(UInt32($0)) }
        let longMarks: [Unicode.Scalar] = ["\u{344}", "\u{340}", "\u{301}", "\u{323}"]
        // Letters whose last 16 bits are those of another one.
        let high = all.filter { (0x20...0x24f).contains($0.value & 0xffff) && $0.value > 0xffff }
        let pools = [all, marks, decomposed, hangul, longMarks, high]
        expectFormerForm(
            (0..<20_000).map { _ in
                var scalars = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: 1...6) {
                    let pool = pools.randomElement(using: &random) ?? all
                    let longest = pool == longMarks ? 70 : 4
                    for _ in 0..<Int.random(in: 1...longest) {
                        scalars.append(pool.randomElement(using: &random) ?? "a")
                    }
                }
                return String(scalars)
            })
    }

    private func expectFormerForm(_ texts: [String]) {
        let differing = texts.filter {
            !$0.formerlyNormalized.isIdentical(to: $0.precomposedStringWithCanonicalMapping)
        }
        #expect(!texts.isEmpty && differing.isEmpty, "\(differing.count): \(differing.prefix(20).map(Self.numbers))")
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
