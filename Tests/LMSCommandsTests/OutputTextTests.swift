import LMSText
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
    func `what steers a terminal is made visible`(_ text: String, _ visible: String) {
        #expect(VisibleText.line(text) == visible)
    }

    @Test func `paragraphs keep tabs and newlines`() {
        #expect(VisibleText.paragraphs("a\tb\r\nc\rd\u{0}") == "a\tb\nc\\u{d}d\\u{0}")
    }

    @Test(arguments: [
        ("a\tb", "a\\tb"), ("a\nb", "a\\nb"), ("a\rb", "a\\rb"), ("a\\b", "a\\\\b"), ("a\r\nb", "a\\r\\nb"),
        ("\\t", "\\\\t"), ("\u{1b}", "\\u{1b}"), ("'=1", "'=1"),
    ])
    func `a cell between tabs has no tab and no newline`(_ text: String, _ cell: String) {
        #expect(VisibleText.tsv(text) == cell)
    }

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"),
        ("'=1", "''=1"), ("''-1", "'''-1"), ("'plain", "'plain"), ("'", "'"), ("1-1", "1-1"),
        ("\tx", "'\\u{9}x"), ("\rx", "'\\u{d}x"), ("'\tx", "''\\u{9}x"), ("\nx", "\\u{a}x"),
        ("=\"a\",1", "\"'=\"\"a\"\",1\""), ("a\nb", "a\\u{a}b"),
    ])
    func `a cell between commas is quoted where it must be`(_ text: String, _ cell: String) {
        #expect(Self.csv(.text(text)) == cell)
    }

    private static func csv(_ cell: Cell) -> String {
        var csv = CSVWriter(.plain)
        csv.add(cell)
        return String(decoding: csv.take(), as: UTF8.self)
    }

    @Test func `only what users wrote is kept from being run`() {
        for sign in ["+", "~", "-", "="] { #expect(Self.csv(.word(sign)) == sign) }
        #expect(Self.csv(.text("-")) == "'-" && Self.csv(.list(["=x"])) == "'=x")
        #expect(Self.csv(.excerpt("@x", around: 0)) == "'@x")
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("say \"hi\" \\", #""say \"hi\" \\""#), ("a\tb\r\nc", #""a\tb\r\nc""#),
        ("\u{0}\u{1f}", #""\u0000\u001f""#), ("\u{7f}\u{80}\u{9b}\u{9f}", #""\u007f\u0080\u009b\u009f""#),
        ("\u{202e}\u{2069}\u{61c}\u{200e}", #""\u202e\u2069\u061c\u200e""#),
        ("\u{2028}\u{feff}", #""\u2028\ufeff""#), ("é👨‍👩‍👧/", #""é👨‍👩‍👧/""#),
    ])
    func `JSON escapes what it must`(_ text: String, _ json: String) {
        #expect(JSONWriter.text { $0.write(text) } == json)
    }

    @Test func `lines are wrapped at spaces`() {
        #expect(DisplayWidth.wrap("one two three", to: 8) == "one two\nthree")
        #expect(DisplayWidth.wrap("a very-long-word b", to: 6) == "a\nvery-long-word\nb")
        #expect(DisplayWidth.wrap("short\n\nlines", to: 20) == "short\n\nlines")
    }
}
