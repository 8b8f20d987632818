/// What a file is that was given where a text belongs, told by how it begins. It is told in this one place, for tables and for
/// texts.
package struct ForeignFile: Sendable, Equatable {
    /// As a sentence says it: `an Excel workbook`.
    package let name: String
    private let family: Family

    /// What is wanted of the file.
    package enum Purpose: Sendable {
        /// Any text: a description, a course file.
        case text
        /// Rows, or a list of names.
        case table
    }

    /// What can be done about it.
    enum Family: Sendable {
        case spreadsheet, document, picture, recording, archive, encoding, pointer, page, data
    }

    /// How many bytes of a file's beginning tell what it is.
    package static let beginning = 64 << 10

    init(_ name: String, _ family: Family) {
        self.name = name
        self.family = family
    }

    /// - Parameter bytes: At least the first `beginning` of the file, or all that it has.
    /// - Returns: `nil` where the file may be what is wanted.
    package init?(_ bytes: some RandomAccessCollection<UInt8>, wanted purpose: Purpose) {
        let head = Array(bytes.prefix(Self.beginning))
        guard
            let found = Self.signed(head) ?? Self.container(head) ?? Self.unmarkedEncoding(head)
                ?? (purpose == .table ? Self.markup(head) : nil)
        else { return nil }
        self = found
    }

    /// What to do with such a file.
    package func hint(wanted purpose: Purpose) -> String {
        switch (family, purpose) {
        case (.spreadsheet, .table):
            "Open it in a spreadsheet program, and save it as CSV UTF-8 (comma delimited)."
        case (.spreadsheet, .text), (.document, .text):
            "Open it, and save it as plain text in UTF-8."
        case (.document, .table), (.picture, .table), (.recording, .table):
            "Put the rows into a spreadsheet program, and save them as CSV UTF-8 (comma delimited)."
        case (.picture, .text), (.recording, .text):
            "lms keeps texts. Put the file where people can open it, and write its address into the text."
        case (.archive, .table): "Unpack it, and give the CSV file that is in it."
        case (.archive, .text): "Unpack it, and give the text that is in it."
        case (.encoding, .table): "Save it as CSV UTF-8."
        case (.encoding, .text): "Save it as plain text in UTF-8."
        case (.pointer, _): "Fetch the file itself with: git lfs pull"
        case (.page, _):
            "Was it saved where one had to sign in? If there is a table in it, open it in a spreadsheet program, and save it as CSV UTF-8."
        case (.data, .table): "A table is CSV: lines of cells, of which the first names the columns."
        case (.data, .text): "A text is plain text in UTF-8."
        }
    }

    /// For a text that is in none of the encodings that are read.
    package static let otherEncoding = ForeignFile("text in another encoding", .encoding)

    // MARK: - Signatures

    /// Sources: the formats' own descriptions, as gathered in file(1)'s magic and in
    /// https://www.garykessler.net/library/file_sigs.html
    private static let signatures: [(bytes: [UInt8], file: ForeignFile)] = [
        (Array("%PDF-".utf8), ForeignFile("a PDF", .document)),
        (Array("{\\rtf".utf8), ForeignFile("an RTF document", .document)),
        (Array("%!PS".utf8), ForeignFile("a PostScript document", .document)),
        ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], ForeignFile("a PNG picture", .picture)),
        ([0xff, 0xd8, 0xff], ForeignFile("a JPEG picture", .picture)),
        (Array("GIF87a".utf8), ForeignFile("a GIF picture", .picture)),
        (Array("GIF89a".utf8), ForeignFile("a GIF picture", .picture)),
        ([0x49, 0x49, 0x2a, 0x00], ForeignFile("a TIFF picture", .picture)),
        ([0x4d, 0x4d, 0x00, 0x2a], ForeignFile("a TIFF picture", .picture)),
        ([0x00, 0x00, 0x01, 0x00], ForeignFile("an icon", .picture)),
        (Array("8BPS\u{0}".utf8), ForeignFile("a Photoshop picture", .picture)),
        ([0x49, 0x44, 0x33, 0x02], ForeignFile("an MP3 recording", .recording)),
        ([0x49, 0x44, 0x33, 0x03], ForeignFile("an MP3 recording", .recording)),
        ([0x49, 0x44, 0x33, 0x04], ForeignFile("an MP3 recording", .recording)),
        ([0xff, 0xfb], ForeignFile("an MP3 recording", .recording)),
        (Array("OggS\u{0}".utf8), ForeignFile("an Ogg recording", .recording)),
        (Array("fLaC\u{0}".utf8), ForeignFile("a FLAC recording", .recording)),
        ([0x1a, 0x45, 0xdf, 0xa3], ForeignFile("a film (Matroska or WebM)", .recording)),
        ([0x1f, 0x8b], ForeignFile("a gzip archive", .archive)),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], ForeignFile("an xz archive", .archive)),
        ([0x28, 0xb5, 0x2f, 0xfd], ForeignFile("a Zstandard archive", .archive)),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], ForeignFile("a 7z archive", .archive)),
        (Array("Rar!\u{1a}\u{7}".utf8), ForeignFile("a RAR archive", .archive)),
        (Array("SQLite format 3\u{0}".utf8), ForeignFile("an SQLite database", .data)),
        ([0x7f, 0x45, 0x4c, 0x46], ForeignFile("a program", .data)),
        ([0x00, 0x05, 0x16, 0x07], ForeignFile("a Mac's notes about another file", .data)),
        // BIFF 2 to 8, as old Excel wrote it without a container.
        ([0x09, 0x00, 0x04, 0x00], ForeignFile("an old Excel workbook (.xls)", .spreadsheet)),
        ([0x09, 0x02, 0x06, 0x00], ForeignFile("an old Excel workbook (.xls)", .spreadsheet)),
        ([0x09, 0x04, 0x06, 0x00], ForeignFile("an old Excel workbook (.xls)", .spreadsheet)),
        ([0x09, 0x08, 0x10, 0x00], ForeignFile("an old Excel workbook (.xls)", .spreadsheet)),
        ([0xff, 0xfe, 0x00, 0x00], ForeignFile("UTF-32 text", .encoding)),
        ([0x00, 0x00, 0xfe, 0xff], ForeignFile("UTF-32 text", .encoding)),
        (
            Array("version https://git-lfs.github.com/spec/".utf8),
            ForeignFile("a pointer of Git LFS in the file's place", .pointer)
        ),
    ]

    private static func signed(_ head: [UInt8]) -> ForeignFile? {
        if let signature = signatures.first(where: { head.starts(with: $0.bytes) }) { return signature.file }
        // Letters alone could begin a text: something else must be there too.
        if head.starts(with: Array("BZh".utf8)), head.dropFirst(4).starts(with: Array("1AY&SY".utf8)) {
            return ForeignFile("a bzip2 archive", .archive)
        }
        if head.starts(with: Array("BM".utf8)), head.dropFirst(6).prefix(4).elementsEqual([0, 0, 0, 0]) {
            return ForeignFile("a BMP picture", .picture)
        }
        if head.starts(with: Array("MZ".utf8)), head.prefix(64).contains(0) {
            return ForeignFile("a program", .data)
        }
        return nil
    }

    // MARK: - Containers

    /// Files whose kind is told by what they contain.
    private static func container(_ head: [UInt8]) -> ForeignFile? {
        if head.starts(with: [0x50, 0x4b, 0x03, 0x04]) || head.starts(with: [0x50, 0x4b, 0x05, 0x06]) {
            return zip(head)
        }
        if head.starts(with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) { return oldOffice(head) }
        if head.starts(with: Array("RIFF".utf8)) {
            switch String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self) {
            case "WEBP": return ForeignFile("a WebP picture", .picture)
            case "WAVE": return ForeignFile("a WAV recording", .recording)
            case "AVI ": return ForeignFile("a film (AVI)", .recording)
            default: return nil
            }
        }
        if head.dropFirst(4).starts(with: Array("ftyp".utf8)) {
            let brand = String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self)
            return ["heic", "heix", "mif1", "msf1", "avif"].contains(brand)
                ? ForeignFile("a photo (HEIC or AVIF)", .picture)
                : ForeignFile("a film (MP4)", .recording)
        }
        if head.dropFirst(257).starts(with: Array("ustar".utf8)) {
            return ForeignFile("a tar archive", .archive)
        }
        return nil
    }

    /// Sources: APPNOTE.TXT of the ZIP format, 4.3.7; ECMA-376 part 2; OpenDocument 1.3 part 2, 3.3.
    private static func zip(_ head: [UInt8]) -> ForeignFile {
        // What is stored without compression stands there as it is: OpenDocument's type comes first.
        let type = String(decoding: head.dropFirst(38).prefix(80), as: UTF8.self)
        if type.hasPrefix("application/vnd.oasis.opendocument.spreadsheet") {
            return ForeignFile("an OpenDocument spreadsheet (.ods)", .spreadsheet)
        }
        if type.hasPrefix("application/vnd.oasis.opendocument") {
            return ForeignFile("an OpenDocument file (.odt, .odp)", .document)
        }
        if type.hasPrefix("application/epub+zip") { return ForeignFile("an EPUB book", .document) }
        for name in namesOfEntries(head) {
            if name.hasPrefix("xl/") { return ForeignFile("an Excel workbook", .spreadsheet) }
            if name.hasPrefix("word/") { return ForeignFile("a Word document", .document) }
            if name.hasPrefix("ppt/") { return ForeignFile("a PowerPoint presentation", .document) }
            if name.hasPrefix("Index/") && name.hasSuffix(".iwa") {
                return ForeignFile("a file of Numbers, Pages or Keynote", .spreadsheet)
            }
        }
        return ForeignFile("a zip archive", .archive)
    }

    /// The names in the headers of entries. Those of compressed contents that look like headers are no harm.
    private static func namesOfEntries(_ head: [UInt8]) -> [String] {
        let header: [UInt8] = [0x50, 0x4b, 0x03, 0x04]
        return head.indices.filter { head[$0] == header[0] && head[$0...].starts(with: header) }.map {
            start in
            let fields = head[start...].prefix(30)
            let length = fields.count == 30 ? Int(fields[start + 26]) | Int(fields[start + 27]) << 8 : 0
            return String(decoding: head[start...].dropFirst(30).prefix(min(length, 255)), as: UTF8.self)
        }
    }

    /// Source: [MS-CFB] 2.2 and 2.6.1: names of streams are UTF-16.
    private static func oldOffice(_ head: [UInt8]) -> ForeignFile {
        func has(_ stream: String) -> Bool {
            head.contains(sequence: stream.utf8.flatMap { [$0, 0] })
        }
        if has("Workbook") || has("Book") { return ForeignFile("an old Excel workbook (.xls)", .spreadsheet) }
        if has("WordDocument") { return ForeignFile("an old Word document (.doc)", .document) }
        if has("EncryptedPackage") {
            return ForeignFile("an Office file that is locked with a password", .spreadsheet)
        }
        return ForeignFile("a file of an old Office (.xls, .doc, .ppt)", .spreadsheet)
    }

    // MARK: - Texts

    /// UTF-16 without the mark that says so: letters of ASCII with a zero beside each.
    private static func unmarkedEncoding(_ head: [UInt8]) -> ForeignFile? {
        guard head.count >= 4 else { return nil }
        let zeros = head.prefix(4).map { $0 == 0 }
        let isWide = zeros == [false, true, false, true] || zeros == [true, false, true, false]
        return isWide && !head.starts(with: [0xff, 0xfe]) && !head.starts(with: [0xfe, 0xff])
            ? ForeignFile("UTF-16 text without a byte order mark", .encoding) : nil
    }

    /// Texts that are no rows.
    private static func markup(_ head: [UInt8]) -> ForeignFile? {
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        let text = (head.starts(with: mark) ? head.dropFirst(3) : head[...]).drop { $0 <= 0x20 }
        switch text.first {
        case UInt8(ascii: "<"):
            let word = String(decoding: text.prefix(14), as: UTF8.self).lowercased()
            if word.hasPrefix("<?xml") { return ForeignFile("an XML file", .page) }
            return ForeignFile("a web page (HTML)", .page)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return ForeignFile("JSON", .data)
        default: return nil
        }
    }
}

extension [UInt8] {
    fileprivate func contains(sequence: [UInt8]) -> Bool {
        guard let first = sequence.first, count >= sequence.count else { return false }
        return indices.dropLast(sequence.count - 1).contains {
            self[$0] == first && self[$0...].starts(with: sequence)
        }
    }
}
