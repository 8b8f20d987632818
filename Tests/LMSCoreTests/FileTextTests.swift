import LMSCore
import LMSTestSupport
import LMSText
import Testing

/// The texts of files.
@Suite struct FileTextTests {
    static let forms: [(String, [UInt8])] = [
        ("UTF-8", Array("é, 生 😀\r\n".utf8)),
        ("UTF-8 with a mark", [0xef, 0xbb, 0xbf] + Array("é, 生 😀\r\n".utf8)),
        ("UTF-16LE", [0xff, 0xfe] + "é, 生 😀\r\n".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }),
        ("UTF-16BE", [0xfe, 0xff] + "é, 生 😀\r\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }),
    ]

    @Test(arguments: forms)
    func `every form of Unicode gives the same text, without its mark`(form: String, bytes: [UInt8]) throws {
        #expect(try FileText.decoded(bytes, name: "x.txt") == "é, 生 😀\r\n")
    }

    static let faults: [([UInt8], String)] = [
        (Array("aé\n生".utf8) + [0xe9, 0x20], "x.txt:2:2: this is not UTF-8 text"),
        (Array("a\rb\r\r\ncd".utf8) + [0x93], "x.txt:3:3: this is not UTF-8 text"),
        (Array("ab\u{0}".utf8), "x.txt:1:3: this is a NUL: the file is no text, or is damaged"),
        ([0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8, 0x62, 0x00], "x.txt:1:2: this is not well-formed UTF-16 text"),
        ([0xff, 0xfe, 0x61, 0x00, 0x00, 0xdc], "x.txt:1:2: this is not well-formed UTF-16 text"),
        ([0xfe, 0xff, 0x00, 0x61, 0x00], "x.txt:1:2: this is not well-formed UTF-16 text"),
        ([0xfe, 0xff, 0x00, 0x61, 0xd8, 0x00], "x.txt:1:2: this is not well-formed UTF-16 text"),
        (
            [0xff, 0xfe, 0x61, 0x00, 0x00, 0x00],
            "x.txt:1:2: this is a NUL: the file is no text, or is damaged"
        ),
    ]

    @Test(arguments: faults)
    func `what is no text has its source location, and a way out`(bytes: [UInt8], message: String) throws {
        let error = #expect(throws: LMSError.self) { try FileText.decoded(bytes, name: "x.txt") }
        #expect(error?.code == .malformed)
        #expect(error?.message == message)
        let sheet = #expect(throws: LMSError.self) {
            try FileText.decoded(bytes, name: "x.txt", wanted: .table)
        }
        #expect(sheet?.hint?.contains("CSV UTF-8") == true)
    }

    /// The header of an entry in a ZIP file, and its stored contents.
    private static func entry(_ name: String, _ contents: String = "") -> [UInt8] {
        var header: [UInt8] = [0x50, 0x4b, 0x03, 0x04] + [UInt8](repeating: 0, count: 26)
        header[26] = UInt8(name.utf8.count)
        return header + Array(name.utf8) + Array(contents.utf8)
    }

    static let foreign: [(String, [UInt8])] = [
        ("an Excel workbook", entry("[Content_Types].xml", "...") + entry("xl/workbook.xml")),
        ("a Word document", entry("[Content_Types].xml") + entry("word/document.xml")),
        ("a PowerPoint presentation", entry("ppt/presentation.xml")),
        (
            "an OpenDocument spreadsheet (.ods)",
            entry("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        ),
        ("an OpenDocument file (.odt, .odp)", entry("mimetype", "application/vnd.oasis.opendocument.text")),
        ("a zip archive", entry("password/users.csv", "username,role\n")),
        ("a zip archive", entry("users.csv") + [0x50, 0x4b, 0x03, 0x04]),
        (
            "an old Excel workbook (.xls)",
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] + "Workbook".utf8.flatMap { [$0, 0] }
        ),
        ("a PDF", Array("%PDF-1.7\n".utf8)), ("an RTF document", Array("{\\rtf1\\ansi".utf8)),
        ("a PNG picture", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
        ("a JPEG picture", [0xff, 0xd8, 0xff, 0xe0]),
        ("a photo (HEIC or AVIF)", [0, 0, 0, 24] + Array("ftypheic".utf8)),
        ("a gzip archive", [0x1f, 0x8b, 8]), ("an SQLite database", Array("SQLite format 3\u{0}".utf8)),
        ("UTF-16 text without a byte order mark", [0x75, 0, 0x73, 0]),
        ("UTF-32 text", [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
        (
            "a pointer of Git LFS in the file's place",
            Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\n".utf8)
        ),
        ("a tar archive", Array("users.csv".utf8) + [UInt8](repeating: 0, count: 248) + Array("ustar".utf8)),
    ]

    @Test(arguments: foreign)
    func `a file that is something else is told for what it is`(name: String, bytes: [UInt8]) {
        for purpose in [ForeignFile.Purpose.text, .table] {
            let error = #expect(throws: LMSError.self) {
                try FileText.decoded(bytes, name: "x", wanted: purpose)
            }
            #expect(error?.message == "x: this is \(name)")
            #expect(error?.hint?.isEmpty == false)
        }
    }

    static let pages = [
        ("a web page (HTML)", "\u{feff}\n <!DOCTYPE html><title>Sign in</title>"),
        ("a web page (HTML)", "<table><tr><td>username"), ("an XML file", "<?xml version='1.0'?>"),
        ("JSON", "[{\"username\":\"siti\"}]"),
    ]

    @Test(arguments: pages)
    func `a page is a text, and no table`(name: String, text: String) throws {
        #expect(try FileText.decoded(Array(text.utf8), name: "x").isEmpty == false)
        let error = #expect(throws: LMSError.self) {
            try FileText.decoded(Array(text.utf8), name: "x", wanted: .table)
        }
        #expect(error?.message == "x: this is \(name)")
    }

    @Test(
        arguments: [
            "BMW dan Volvo", "MZ adalah singkatan", "BZhong", "RIFF", "ID3", "II*", "PK", "GIF", "%PD",
            "version 1", "", "a", "ab",
        ])
    func `texts that begin like something else are texts`(text: String) throws {
        #expect(try FileText.decoded(Array(text.utf8), name: "x") == text)
        #expect(try FileText.decoded(Array(text.utf8), name: "x", wanted: .table) == text)
    }
}
