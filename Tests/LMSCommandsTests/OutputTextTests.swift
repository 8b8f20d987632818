import Testing

@testable import LMSCommands

/// How texts are made safe, quoted, measured and cut.
@Suite struct OutputTextTests {
    @Test(arguments: [
        ("plain", "plain"),
        ("a\tb\nc", "a\\u{9}b\\u{a}c"),
        ("\u{1b}[31mred", "\\u{1b}[31mred"),
        ("del\u{7f} c1\u{9b}", "del\\u{7f} c1\\u{9b}"),
        ("abc\u{202e}def\u{2066}", "abc\\u{202e}def\\u{2066}"),
        ("line\u{2028}bom\u{feff}", "line\\u{2028}bom\\u{feff}"),
        ("back\\slash", "back\\slash"),
        ("👨‍👩‍👧 joiners stay", "👨‍👩‍👧 joiners stay"),
    ])
    func visibleLine(_ text: String, _ visible: String) {
        #expect(VisibleText.line(text) == visible)
    }

    @Test func paragraphsKeepTabsAndNewlines() {
        #expect(VisibleText.paragraphs("a\tb\r\nc\rd\u{0}") == "a\tb\nc\\u{d}d\\u{0}")
    }

    @Test(arguments: [
        ("a\tb", "a\\tb"), ("a\nb", "a\\nb"), ("a\rb", "a\\rb"), ("a\\b", "a\\\\b"), ("a\r\nb", "a\\r\\nb"),
        ("\\t", "\\\\t"), ("\u{1b}", "\\u{1b}"), ("'=1", "'=1"),
    ])
    func tabSeparatedCell(_ text: String, _ cell: String) {
        #expect(VisibleText.tsv(text) == cell)
    }

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"),
        ("'=1", "''=1"), ("''-1", "'''-1"), ("'plain", "'plain"), ("'", "'"), ("1-1", "1-1"),
        ("\tx", "'\\u{9}x"), ("\rx", "'\\u{d}x"), ("'\tx", "''\\u{9}x"), ("\nx", "\\u{a}x"),
        ("=\"a\",1", "\"'=\"\"a\"\",1\""), ("a\nb", "a\\u{a}b"),
    ])
    func commaSeparatedCell(_ text: String, _ cell: String) {
        #expect(CSVCell.text(text) == cell)
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("say \"hi\" \\", #""say \"hi\" \\""#), ("a\tb\r\nc", #""a\tb\r\nc""#),
        ("\u{0}\u{1f}", #""\u0000\u001f""#), ("\u{7f}\u{80}\u{9b}\u{9f}", #""\u007f\u0080\u009b\u009f""#),
        ("\u{202e}\u{2069}\u{61c}\u{200e}", #""\u202e\u2069\u061c\u200e""#),
        ("\u{2028}\u{feff}", #""\u2028\ufeff""#), ("é👨‍👩‍👧/", #""é👨‍👩‍👧/""#),
    ])
    func jsonString(_ text: String, _ json: String) {
        #expect(JSONText.string(text) == json)
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("生物学", 6), ("ｱ", 1), ("Ａ", 2), ("한국", 4),
        ("👍", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("🇮🇩", 2), ("❤️", 2), ("❤", 1), ("بهاس ملايو", 10), ("سُ", 1),
    ])
    func width(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width, "\(text)")
    }

    @Test func cutsAtWholeCharacters() {
        #expect(DisplayWidth.cut("abcdef", to: 6) == "abcdef")
        #expect(DisplayWidth.cut("abcdef", to: 5) == "abcd…")
        #expect(DisplayWidth.cut("生物学部", to: 6) == "生物…")
        #expect(DisplayWidth.cut("a👨‍👩‍👧👨‍👩‍👧", to: 4) == "a👨‍👩‍👧…")
        #expect(DisplayWidth.pad("生物", to: 6) == "生物  ")
    }

    @Test func wrapsAtSpaces() {
        #expect(DisplayWidth.wrap("one two three", to: 8) == "one two\nthree")
        #expect(DisplayWidth.wrap("a very-long-word b", to: 6) == "a\nvery-long-word\nb")
        #expect(DisplayWidth.wrap("short\n\nlines", to: 20) == "short\n\nlines")
    }

    @Test func tableTakesFromTheWidestColumn() {
        let header = ["ID", "TITLE", "TEACHER"]
        let row = ["1", "A long title of a course about cells", "ani"]
        let layout = TableLayout(header: header, rows: [row], width: 30)
        #expect(layout.line(header) == "ID  TITLE              TEACHER")
        #expect(layout.line(row) == "1   A long title of …  ani")
        for line in [layout.line(header), layout.line(row)] { #expect(DisplayWidth.of(line) <= 30) }
        let wide = TableLayout(header: header, rows: [row], width: nil)
        #expect(wide.line(row) == "1   A long title of a course about cells  ani")
    }

    @Test func tableLinesHaveNoSpacesAtTheirEnds() {
        let layout = TableLayout(header: ["A", "B"], rows: [["x", ""], ["", "y"]], width: nil)
        #expect(layout.line(["x", ""]) == "x")
        #expect(layout.line(["", "y"]) == "   y")
        #expect(layout.line(["", ""]) == "")
    }

    @Test(arguments: [
        ("corse", "course"), ("Course", "course"), ("materail", "material"), ("rooster", "roster"),
        ("lst", "list"), ("frobnicate", nil), ("", nil),
    ])
    func nearestName(_ word: String, _ nearest: String?) {
        #expect(
            Spelling.nearest(to: word, among: ["course", "material", "roster", "list"]) == nearest,
            "\(word)")
    }
}
