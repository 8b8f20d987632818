import Testing

@testable import LMSText

/// The reader of separated values.
///
/// RFC 4180 as programs write it, from bytes that arrive in pieces of whatever size.
@Suite struct CSVReaderTests {
    /// Each row as its cells between `|`, or as the place and the message of what is wrong with it.
    private func rows(_ bytes: [UInt8], chunk: Int) throws -> [String] {
        let reader = CSVReader(MemorySource(bytes: bytes), naming: ["kode"], chunk: chunk)
        var rows: [String] = []
        while try reader.advance() {
            let fault = reader.fault.map { "\($0.location.line):\($0.location.column) \($0.message)" }
            rows.append(
                fault ?? (0..<reader.count).map { reader.text(of: $0).text }.joined(separator: "|"))
        }
        return rows
    }

    private func expectRows(_ bytes: [UInt8], _ expected: [String]) throws {
        for chunk in [1, 2, 3, 5, 8, 64, 4096] {
            let rows = try rows(bytes, chunk: chunk)
            #expect(rows.map { Array($0.utf8) } == expected.map { Array($0.utf8) }, "\(chunk): \(rows)")
        }
    }

    static let goodTexts: [(String, [String])] = [
        ("a,b\n1,2\n", ["a|b", "1|2"]),
        ("a,b\r\n1,2\r\n", ["a|b", "1|2"]),
        ("a,b\r\n1,2\n3,4", ["a|b", "1|2", "3|4"]),
        ("a\r", ["a"]),
        ("\u{feff}a,b\n", ["a|b"]),
        ("\u{feff}\"a\",\u{feff}b\n", ["a|\u{feff}b"]),
        ("", []), ("\u{feff}", []), ("\n\r\n\n", []),
        ("a\n\n\r\nb\n", ["a", "b"]),
        (",,\n", []), (" ,\u{a0},\u{200b}\n\"\",\" \"\nx,\n \n", ["x|"]), ("a,", ["a|"]), ("a,\n", ["a|"]),
        ("a,\r\nb", ["a|", "b"]),
        (" a , b ", [" a | b "]),
        ("a,b\nc\nd,e,f\n", ["a|b", "c", "d|e|f"]),
        ("\"a,b\",c", ["a,b|c"]),
        ("\"a\nb\",c\nd", ["a\nb|c", "d"]),
        ("\"a\r\nb\"\r\nc", ["a\r\nb", "c"]),
        ("\"a\rb\"", ["a\rb"]),
        ("\"say \"\"hi\"\"\",\"\"\"x\"\"\"\n", ["say \"hi\"|\"x\""]),
        ("\"\"\"\"", ["\""]), ("\"\",x", ["|x"]), ("\"\"", []), ("x,\"\"\n", ["x|"]),
        ("kapal,生物学,😀\n", ["kapal|生物学|😀"]),
        ("e\u{301},\u{e9}", ["e\u{301}|\u{e9}"]),
        ("'=1;\t,#x", ["'=1;\t|#x"]),
    ]

    @Test(arguments: goodTexts)
    func `well-formed rows`(text: String, expected: [String]) throws {
        try expectRows(Array(text.utf8), expected)
    }

    static let badTexts: [(String, [String])] = [
        (
            "a\"b,c\nd",
            ["1:2 a quote inside a cell: put quotes around the cell, and double those in it", "d"]
        ),
        (
            "x,\"a\"b,c\nd",
            ["1:6 text behind a closing quote: double the quotes that are inside a cell", "d"]
        ),
        ("a\"b\rc", ["1:2 a quote inside a cell: put quotes around the cell, and double those in it", "c"]),
        (
            "a\r\r\n\"b\rc\r\nd\r\r\ne\",x\rf\"",
            [
                "a", "b\rc\r\nd\r\r\ne|x",
                "6:2 a quote inside a cell: put quotes around the cell, and double those in it",
            ]
        ),
        ("a\nb,\"c\nd", ["a", "2:3 the quotes are not closed"]),
        ("a\nb,\"", ["a", "2:3 the quotes are not closed"]),
        ("a,\u{0}\nb", ["1:3 this is a NUL: the file is no text, or is damaged", "b"]),
        ("\"a\n\u{0}\",b\nc", ["2:1 this is a NUL: the file is no text, or is damaged", "c"]),
        ("é,生\"x", ["1:4 a quote inside a cell: put quotes around the cell, and double those in it"]),
        (
            "\"a\nb\"\n\nc\"d\r\ne",
            ["a\nb", "4:2 a quote inside a cell: put quotes around the cell, and double those in it", "e"]
        ),
        ("\u{feff}a\"", ["1:2 a quote inside a cell: put quotes around the cell, and double those in it"]),
    ]

    @Test(arguments: badTexts)
    func `what is wrong has its source location, and the next line is read`(text: String, expected: [String]) throws {
        try expectRows(Array(text.utf8), expected)
    }

    static let brokenTexts: [([UInt8], String)] = [
        ([0x61, 0x2c, 0xc3, 0xa9, 0xff], "1:4"), ([0x80], "1:1"), ([0xc0, 0xaf], "1:1"),
        // Beginnings of U+FFFD, which stands for what cannot be decoded.
        ([0x61, 0xef], "1:2"), ([0x61, 0xef, 0xbf], "1:2"), ([0xef, 0xbf, 0xbd, 0xef, 0xbf, 0x61], "1:2"),
        ([0xed, 0xa0, 0x80], "1:1"), ([0xf4, 0x90, 0x80, 0x80], "1:1"),
        ([0x22, 0x61, 0x0a, 0x62, 0xff, 0x22], "2:2"),
    ]

    @Test(arguments: brokenTexts)
    func `what is not UTF-8 is told where it begins`(bytes: [UInt8], place: String) throws {
        try expectRows(bytes + Array("\nnext".utf8), ["\(place) this is not UTF-8 text", "next"])
    }

    static let dialects: [(String, [String])] = [
        ("a\rb,c\rd", ["a", "b|c", "d"]), ("a,b\r\r\n1,2\r\r\n", ["a|b", "1|2"]), ("a\r\rb\r", ["a", "b"]),
        ("\"a\"\r\"b\"\r\r\nc", ["a", "b", "c"]), ("a;b\n1,5;2\n", ["a|b", "1,5|2"]),
        ("a\tb\n1;5\t\n", ["a|b", "1;5|"]), ("\"a,b\";c\n", ["a,b|c"]), ("\"a;b,c\"\td\n", ["a;b,c|d"]),
        ("sep=;\na;b,c\n", ["a|b,c"]), ("\u{feff}SEP=\t\r\na\tb;c", ["a|b;c"]),
        ("\"sep=;\"\na,b\n", ["a,b"]), ("sep=,,,\na;b\n", ["a;b"]), ("\n sep=|\na|b,c", ["a|b,c"]),
        ("sep=x\na", ["sep=x", "a"]), ("sep=;\nsep=;\n", ["sep=|"]), ("sep=\n", ["sep="]),
        // What is a name of a column decides, before what occurs most.
        ("x, y, z;kode\n1;2\n", ["x, y, z|kode", "1|2"]), ("KODE,a;b;c\n", ["KODE|a;b;c"]),
    ]

    @Test(arguments: dialects)
    func `what separates cells and lines is told from the file`(text: String, expected: [String]) throws {
        try expectRows(Array(text.utf8), expected)
    }

    @Test(arguments: [false, true])
    func `UTF-16 is read by its byte order mark, lines and columns are those of the text`(isBigEndian: Bool) throws {
        let text = "kode\tb\r\n😀é\t\"生\r\nx\"\r\nc\t\"d\"e"
        let units = ["\u{feff}\(text)"].flatMap { Array($0.utf16) }
        let bytes = units.flatMap { unit -> [UInt8] in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xff)]
            return isBigEndian ? bytes : bytes.reversed()
        }
        let fault = "4:6 text behind a closing quote: double the quotes that are inside a cell"
        try expectRows(bytes, ["kode|b", "😀é|生\r\nx", fault])
        try expectRows(bytes + [0x61], ["kode|b", "😀é|生\r\nx", fault])
        let surrogate: [UInt8] =
            isBigEndian ? [0xfe, 0xff, 0, 0x61, 0xd8, 0, 0, 0x62] : [0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x62, 0]
        try expectRows(surrogate, ["1:2 this is not well-formed UTF-16 text"])
    }

    @Test func `a row has a bounded number of cells, and the next one is read`() throws {
        let most = [UInt8](repeating: UInt8(ascii: ";"), count: CSVReader.cellLimit - 1)
        let reader = CSVReader(
            MemorySource(bytes: Array("x".utf8) + most + Array("\nx".utf8) + most + Array(";\ny\n".utf8)))
        #expect(try reader.advance())
        #expect(reader.count == CSVReader.cellLimit)
        #expect(reader.fault == nil)
        #expect(try reader.advance())
        #expect(reader.fault?.message == "the row has too many cells: at most 16384")
        #expect(try reader.advance())
        #expect(reader.text(of: 0).text == "y")
    }

    @Test func `a long row is not looked at anew with each piece`() throws {
        // With pieces of 64 bytes, a look at all of it for each would take 16,384 times the row.
        let row =
            Array("kode,\"".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20) + Array("\"\n".utf8)
        var reads = 0
        let reader = CSVReader(MemorySource(bytes: row), chunk: 64) { _ in reads += 1 }
        #expect(try reader.advance())
        #expect(reader.text(of: 1).count == 1 << 20)
        #expect(reads < 40)
    }

    @Test func `the replacement character is text`() throws {
        try expectRows(Array("\u{fffd},x".utf8), ["\u{fffd}|x"])
    }

    @Test func `cells tell their source location`() throws {
        let text = "kode,\"a\n\"\"b\",😀c,d\n"
        let reader = CSVReader(MemorySource(bytes: Array(text.utf8)), chunk: 4)
        #expect(try reader.advance())
        #expect(reader.text(of: 1).text == "a\n\"b")
        let locations = (0..<reader.count).map { reader.location(of: $0) }
        #expect(locations.map { "\($0.line):\($0.column)" } == ["1:1", "1:6", "2:6", "2:9"])
    }

    @Test func `a cell of 1 MiB may be all quotes`() throws {
        let quotes = [UInt8](repeating: UInt8(ascii: "\""), count: 2 << 20 + 2)
        let reader = CSVReader(MemorySource(bytes: quotes + [UInt8(ascii: "\n")]), chunk: 4 << 20)
        #expect(try reader.advance())
        #expect(reader.fault == nil)
        #expect(reader.text(of: 0).count == 1 << 20)
        #expect(try !reader.advance())
    }

    @Test func `quotes that are not closed do not read the whole file into memory`() throws {
        let bytes = Array("a\n\"".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 12 << 20)
        var read = 0
        let reader = CSVReader(MemorySource(bytes: bytes), chunk: 2 << 20) { read += $0 }
        #expect(try reader.advance())
        #expect(try reader.advance())
        #expect(
            reader.fault
                == TextFault(
                    at: TextLocation(behind: [UInt8(ascii: "\n")]),
                    "the row is too long, or its quotes are not closed"))
        #expect(try !reader.advance())
        #expect(read <= CSVReader.rowLimit + 2 * (2 << 20))
    }

    @Test func `all bytes are told of, once`() throws {
        let bytes = Array(repeating: Array("kapal,layar\n".utf8), count: 100).joined()
        var read = 0
        let reader = CSVReader(MemorySource(bytes: Array(bytes)), chunk: 64) { read += $0 }
        while try reader.advance() {}
        #expect(read == bytes.count)
    }
}

private struct MemorySource: ByteSource {
    let bytes: [UInt8]

    func read(into buffer: UnsafeMutableRawBufferPointer, from offset: Int) -> Int {
        let piece = bytes.dropFirst(offset).prefix(buffer.count)
        buffer.copyBytes(from: piece)
        return piece.count
    }
}
