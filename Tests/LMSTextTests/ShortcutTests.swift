import Foundation
import LMSText
import Testing

/// Rules for texts that are answered early for what most texts are: random texts, by the rule and by the short way.
@Suite struct ShortcutTests {
    /// What is told apart: letters, blanks, controls, invisible characters, marks, tags, and who shares their first byte.
    private static let scalars: [Unicode.Scalar] = [
        "ab9.,-'&~\0\u{1}\t\n\u{b}\r\u{1c}\u{1f}  \u{7f}\u{85}\u{a0}\u{ad}é\u{2ff}\u{300}\u{344}\u{3c9}",
        "\u{2003}\u{200b}\u{202e}\u{2800}\u{3164}\u{feff}\u{fffd}\u{ffff}日",
        "\u{1f3f4}\u{d0000}\u{e0001}\u{e0067}\u{e007f}\u{e0100}",
    ].flatMap(\.unicodeScalars)

    /// Short texts, half of them of ASCII alone.
    private static func texts(_ count: Int = 20_000) -> [String] {
        let ascii = scalars.filter(\.isASCII)
        return (0..<count).map { number in
            let from = number % 2 == 0 ? ascii : scalars
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...6) { text.append(from.randomElement() ?? "a") }
            return String(text)
        }
    }

    @Test func `what is seen of a text of ASCII is its words with a space between them`() {
        for text in Self.texts() where text.utf8.allSatisfy({ $0 < 0x80 }) {
            let words = text.unicodeScalars.split(whereSeparator: \.isBlank).map { String($0) }
            #expect(Array(text.seen.utf8) == Array(words.joined(separator: " ").utf8), "\(text.debugDescription)")
        }
    }

    @Test func `a text is readable where one of its characters is`() {
        for text in Self.texts() {
            let readable = text.unicodeScalars.contains {
                !$0.isBlank && !$0.isInvisible && $0.value != 0xfffd && !$0.properties.isNoncharacterCodePoint
            }
            #expect(text.isReadable == readable, "\(text.debugDescription)")
        }
    }

    @Test func `the first control is found wherever it stands`() {
        for text in Self.texts() {
            #expect(
                text.firstInvisibleControl == text.unicodeScalars.first(where: \.isInvisibleControl),
                "\(text.debugDescription)")
        }
    }

    @Test func `each tag is found, and in a text without tags none`() throws {
        for value in UInt32(0xe0000)...0xe007f {
            let tag = try #require(Unicode.Scalar(value))
            #expect("a\(tag)b".hiddenTag == tag)
        }
        for text in Self.texts() where !text.unicodeScalars.contains(where: \.isTag) {
            #expect(text.hiddenTag == nil, "\(text.debugDescription)")
        }
    }

    @Test func `a text has its normal form, also where nothing in it can be composed`() {
        for text in Self.texts() {
            let form = text.precomposedStringWithCanonicalMapping
            #expect(Array(text.normalized.utf8) == Array(form.utf8), "\(text.debugDescription)")
        }
    }

    @Test func `texts are identical where their bytes are`() {
        for (one, other) in Array(zip(Self.texts(), Self.texts())) + [("é", "e\u{301}"), ("", ""), ("", "a")] {
            let isSame = Array(one.utf8) == Array(other.utf8)
            #expect(one.isIdentical(to: other) == isSame)
            #expect((one + "é").isIdentical(to: other + "é") == isSame)
        }
        #expect(!"a".isIdentical(to: nil))
        let long = String(repeating: "x", count: 100)
        #expect((long + "a").isIdentical(to: long + "a") && !(long + "a").isIdentical(to: long + "b"))
    }

    @Test func `a NUL is found`() {
        for text in Self.texts() { #expect(text.hasNUL == text.utf8.contains(0)) }
        #expect((String(repeating: "x", count: 100) + "\0").hasNUL)
    }

    @Test func `words are folded into a buffer as they are into a text`() {
        var folder = WordFolder()
        let long = ["X", "7é"].flatMap { letters in
            [0, 127, 128, 129, 300].map { String(repeating: letters, count: $0) }
        }
        let among = long.map { "a-\($0) B" }
        for text in Self.texts() + long + among {
            let buffer = GrowingBytes(capacity: 1)
            buffer.append(UInt8(ascii: "!"))
            var bytes = text
            bytes.withUTF8 { folder.fold($0, into: buffer) }
            #expect(buffer.bytes.text == "!" + folder.folded(text), "\(text.debugDescription)")
        }
    }

    @Test func `bytes are told from a text of ours`() {
        for text in Self.texts() + ["pending", "pendinG", "pendin", "pendings", ""] {
            var bytes = text
            bytes.withUTF8 {
                #expect($0.isText("pending") == (text == "pending"))
                #expect($0.isText("") == text.isEmpty)
            }
        }
    }

    @Test func `digits are a number as far as it fits`() {
        let texts =
            ["", "0", "007", "9223372036854775807", "9223372036854775808", "99999999999999999999", "-1", "+1", "1 ", "1a", "１"]
            + (0..<20_000).map { _ in
                String((0..<Int.random(in: 0...20)).map { _ in "0123456789"[Int.random(in: 0..<10)] })
            }
        for text in texts {
            let digits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            #expect(Int64(digits: Array(text.utf8)) == (digits ? Int64(text) : nil), "\(text)")
        }
    }

    @Test func `a mark's location is found in long texts of every kind of line`() {
        for _ in 0..<50 {
            var text = ""
            for _ in 0..<300 { text += ["a", "é", "日", "\n", "\r", "\r\n", "word ", "\u{85}"].randomElement() ?? "" }
            let table = LineTable(text)
            var (line, column, last) = (1, 1, Unicode.Scalar(0))
            for (mark, scalar) in text.unicodeScalars.enumerated() {
                if last == "\n" || last == "\r" && scalar != "\n" { (line, column) = (line + 1, 1) }
                #expect(table.location(of: mark) == TextLocation(line: line, column: column))
                (column, last) = (column + 1, scalar)
            }
        }
    }
}

extension String {
    fileprivate subscript(_ offset: Int) -> Character { self[index(startIndex, offsetBy: offset)] }
}
