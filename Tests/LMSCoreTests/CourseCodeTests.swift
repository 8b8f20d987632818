import Foundation
import LMSCore
import Testing

/// Course codes that are made from titles.
@Suite struct CourseCodeTests {
    @Test func `a code that is made from a title is what it was in 0.1.0, whatever the character`() {
        let differing = Self.scalars { scalar in
            let folded = String(scalar).folding(
                options: [.diacriticInsensitive, .widthInsensitive], locale: nil
            )
            .lowercased()
            let words = folded.utf8.split { !(0x30...0x39).contains($0) && !(0x61...0x7a).contains($0) }
            let code = (["x"] + words.map { String(decoding: $0, as: UTF8.self) }).joined(separator: "-")
            return CourseCode(madeFrom: "x \(scalar)").rawValue != code
        }
        #expect(differing.isEmpty, "\(differing.prefix(20).map { String($0.value, radix: 16) })")
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
}
