import Foundation
import LMSCore
import Testing

/// Course codes that are made from titles.
@Suite struct CourseCodeTests {
    @Test(
        arguments: [
            ("Øresund Straße", "oresund-strasse"), ("STRAẞE", "strasse"), ("Æsir og Œuvre", "aesir-og-oeuvre"),
            ("Łódź", "lodz"), ("Đường Việt", "duong-viet"), ("Þórður", "thordur"), ("Ħal Ŧ", "hal-t"),
            ("İstanbul", "istanbul"), ("Iğdır", "igdir"), ("Éducation physique", "education-physique"),
            ("E\u{301}ducation", "education"), ("Ｂｉｏ　１０１", "bio-101"), ("ﬁnal eﬃciency", "final-efficiency"),
            ("Ǆungla Ĳssel", "dzungla-ijssel"), ("E = mc²", "e-mc2"), ("Bab Ⅳ", "bab-iv"), ("Kelas ٣", "kelas-3"),
            ("Bio\u{ad}logi", "biologi"), ("bio\u{200b}logi", "biologi"),
        ])
    func `letters are folded as in the search, and the rest is ASCII`(title: String, code: String) {
        #expect(CourseCode(madeFrom: title).rawValue == code)
    }

    @Test(
        arguments: [
            ("生物学 Kelas 7", "kelas-7"), ("Биология 7A", "7a"), ("الأحياء", "course"), ("ชีววิทยา ม.4", "4"),
            ("xяy", "x-y"), ("Qur'an & Hadis", "qur-an-hadis"), ("C++", "c"), ("😀 Olahraga", "olahraga"),
        ])
    func `what has no ASCII separates words, and is left out`(title: String, code: String) {
        // Without a letter it could be taken for an id.
        let expected = code.contains(where: \.isLetter) ? code : "course-\(code)"
        #expect(CourseCode(madeFrom: title).rawValue == expected)
    }

    @Test func `whatever the character, the code keeps the rule, and loses no letter that it had in 0.1.0`() {
        let differing = Self.scalars.filter { scalar in
            let former = String(scalar).folding(
                options: [.diacriticInsensitive, .widthInsensitive], locale: nil
            )
            .lowercased().utf8.filter { (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) }
            let code = CourseCode(madeFrom: "x \(scalar)").rawValue
            let isKept = former.isEmpty || code == "x-" + String(decoding: former, as: UTF8.self)
            let keepsTheRule = code.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d
            }
            return !isKept || !keepsTheRule || !code.hasPrefix("x") || code.hasSuffix("-")
        }
        #expect(differing.isEmpty, "\(differing.prefix(20).map { String($0.value, radix: 16) })")
    }

    private static let scalars = (0x80...0x2fa1f).compactMap { Unicode.Scalar(UInt32($0)) }.filter { scalar in
        switch scalar.value {
        // Alike: ideographs, Hangul syllables, private characters.
        case 0x3402...0x9ff0, 0xac20...0xd780, 0xe001...0xf8fe, 0x17002...0x18cd0, 0x20002...0x2f7f0: false
        default: scalar.properties.generalCategory != .unassigned
        }
    }
}
