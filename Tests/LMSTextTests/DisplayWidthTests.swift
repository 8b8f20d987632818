import Testing

@testable import LMSText

/// How many columns texts take on a terminal, and how they are cut to fit.
///
/// The widths are those of Python's `wcwidth` 0.7, with which all characters of Unicode 17 were compared.
@Suite struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("生物学", 6), ("ｱ", 1), ("Ａ", 2),
        ("بهاس ملايو", 10), ("سُ", 1), ("שלום", 4),
        // Nothing to see: joiners, direction marks, a byte order mark, fillers. A soft hyphen is seen.
        ("\u{200b}", 0), ("a\u{200d}", 1), ("\u{2068}a\u{2069}", 1), ("\u{feff}", 0), ("\u{3164}", 0),
        ("\u{ad}", 1),
        // Hangul, whole and in parts.
        ("한국", 4), ("\u{1112}\u{1161}\u{11ab}", 2),
        // Marks beside their letter take a column, marks over it none; signs that draw consonants together.
        ("ꦄꦏ꧀ꦱꦫꦗꦮ", 7), ("ภาษาไทย", 7), ("ที่", 1), ("க்ஷ", 2), ("தமிழ்", 4), ("क्षि", 2), ("मराठी", 5),
        // Emoji: one, joined, with a skin tone, as a flag, as a picture or as a sign.
        ("👍", 2), ("👨\u{200d}👩\u{200d}👧", 2), ("👍🏽", 2), ("🇮🇩", 2), ("🇮🇩🇲🇾", 4), ("🇮", 2), ("❤️", 2), ("❤", 1),
        ("☕️", 2), ("1️⃣", 2), ("👩🏽\u{200d}🚀", 2), ("🏳️\u{200d}🌈", 2), ("👍a👍", 5),
        // A joiner between letters joins no picture.
        ("ه\u{200d}ج", 2),
    ])
    func `a text is as wide as a terminal shows it`(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width, "\(text)")
    }

    @Test func `a text is cut at whole characters`() {
        #expect(DisplayWidth.cut("abcdef", to: 6) == "abcdef")
        #expect(DisplayWidth.cut("abcdef", to: 5) == "abcd…")
        #expect(DisplayWidth.cut("生物学部", to: 6) == "生物…")
        #expect(DisplayWidth.cut("a👨\u{200d}👩\u{200d}👧👨\u{200d}👩\u{200d}👧", to: 4) == "a👨\u{200d}👩\u{200d}👧…")
        #expect(DisplayWidth.pad("生物", to: 6) == "生物  ")
    }

    @Test func `a text is cut around what must be seen`() {
        let text = "one two three four five six seven eight nine ten"
        let place = "one two three four five six ".count
        for width in 8...47 {
            let cut = DisplayWidth.cut(text, to: width, around: place)
            #expect(cut.contains("seven") && DisplayWidth.of(cut) <= width, "\(width): \(cut)")
        }
        #expect(DisplayWidth.cut(text, to: 20, around: place) == "…six seven eight ni…")
        #expect(DisplayWidth.cut(text, to: 12, around: 0) == "one two thr…")
        #expect(DisplayWidth.cut(text, to: 48, around: place) == text)
        #expect(DisplayWidth.cut("ab", to: 1, around: 9) == "…")
    }
}
