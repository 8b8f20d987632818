/// Where a reader of separated values stands: its file, the row, and what comes next.
///
/// It is a value apart from `CSVReader` because Swift looks at each access to a stored property of a class whether another one is
/// under way, and for each byte and cell that would take as long as the reading itself.
struct CSVScan {
    /// A cell: where it begins in the row as it stands in the file, and where its text is.
    private struct Cell {
        let start: Int
        let text: Range<Int>
        /// Whether the text is kept apart, because its quotes were doubled.
        let isUnescaped: Bool
    }

    private let pieces: UTF8Pieces
    private let names: Set<String>
    private let progress: ((_ bytes: Int) -> Void)?
    private let chunk: Int
    private let buffer: GrowingBytes
    /// What is in the buffer, as long as nothing is read.
    private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private let unescaped = GrowingBytes(capacity: 256)
    private var isAtEnd = false
    private var hasBegun = false
    /// What stands between two cells.
    private(set) var separator = CSVSeparator.comma
    /// No byte above it means anything outside of quotes.
    private var highest = CSVSeparator.comma
    /// Where in the buffer the row begins and ends, and the next one begins.
    private var row = 0..<0
    private var next = 0
    private var cells: [Cell] = []
    /// All bytes of the row beyond ASCII, or-ed.
    private var seen: UInt8 = 0
    private var flaw: (offset: Int, message: String)?
    private var newlines = 0
    /// Whether a carriage return is in quotes: then lines must be counted with care.
    private var hasReturns = false
    private(set) var line = 1
    private var nextLine = 1
    private var isBroken = false
    /// What is wrong with the row as a whole.
    private(set) var fault: TextFault?

    /// - Parameter names: Names of columns, in lower case, by which the separator is told.
    init(
        _ file: any ByteSource, naming names: Set<String>, chunk: Int, progress: ((_ bytes: Int) -> Void)?
    ) {
        pieces = UTF8Pieces(file)
        self.names = names
        self.chunk = chunk
        self.progress = progress
        buffer = GrowingBytes(capacity: 2 * chunk)
    }

    /// Whether the file has UTF-16. Known behind the first row.
    var isUTF16: Bool { pieces.isUTF16 }

    /// Goes to the next row. Lines of blanks, and rows without anything in their cells, are no rows.
    ///
    /// - Returns: Whether there is one. It may have a `fault`.
    /// - Throws: What the file throws.
    mutating func advance() throws -> Bool {
        if !hasBegun { try begin() }
        repeat {
            guard try goToNext() else { return false }
        } while isNothing
        if let flaw {
            fault = TextFault(at: location(at: flaw.offset), flaw.message)
        } else {
            fault = seen >= 0x80 ? encodingFault : nil
        }
        return true
    }

    var byteCount: Int { row.count }

    /// How many cells the row has.
    var count: Int { cells.count }

    /// The text of a cell, until the next row: nothing where the row has no such cell.
    @inline(__always)
    func text(of cell: Int) -> UnsafeBufferPointer<UInt8> {
        guard cells.indices.contains(cell) else { return UnsafeBufferPointer(start: nil, count: 0) }
        let cell = cells[cell]
        return UnsafeBufferPointer(
            rebasing: cell.isUnescaped ? unescaped.bytes[cell.text] : bytes[cell.text])
    }

    /// Where a cell of the row begins.
    func location(of cell: Int) -> TextLocation {
        location(at: cells.indices.contains(cell) ? cells[cell].start : row.lowerBound)
    }

    /// How many cells of the row are names of columns, whatever separates them.
    var countOfNames: Int {
        max(
            CSVSeparator.told(by: bytesOfRow, naming: names).named,
            // One that the file states may be another than those that are guessed.
            CSVSeparator.count(bytesOfRow, separator, naming: names).named)
    }

    // MARK: - Reading

    /// Finds out what separates the cells.
    private mutating func begin() throws {
        hasBegun = true
        var stated: UInt8?
        while try goToNext() {
            if isNothing { continue }
            if stated == nil, let separator = CSVSeparator.stated(by: bytesOfRow) {
                stated = separator
                continue
            }
            separator = stated ?? CSVSeparator.told(by: bytesOfRow, naming: names).separator
            highest = max(separator, CSVSeparator.comma)
            // The row is read again, with the separator that is known now.
            (next, nextLine, isBroken) = (row.lowerBound, line, false)
            return
        }
    }

    /// Reads another piece behind what is still needed.
    private mutating func fill() throws {
        buffer.removeFirst(next)
        next = 0
        // A long row is looked at anew with each piece: pieces as long as the row keep that linear.
        let room = CSVReader.rowLimit + chunk - buffer.count
        let count = try pieces.append(to: buffer, atMost: max(chunk, min(buffer.count, room)))
        isAtEnd = count == 0
        progress?(count)
    }

    // MARK: - Rows

    /// - Returns: Whether there is another line, be it empty.
    private mutating func goToNext() throws -> Bool {
        guard !isBroken else { return false }
        line = nextLine
        while !scan() {
            guard buffer.count - next <= CSVReader.rowLimit else {
                isBroken = true
                row = next..<next
                cells.removeAll(keepingCapacity: true)
                flaw = (next, "the row is too long, or its quotes are not closed")
                return true
            }
            try fill()
        }
        return row.lowerBound < buffer.count
    }

    private var bytesOfRow: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[row]) }

    /// Whether nothing stands in the row but separators, quotes, blanks and invisible characters.
    private var isNothing: Bool {
        guard flaw == nil else { return false }
        // Most rows begin with a name.
        if let first = bytesOfRow.first, first != separator, isASCIILetter(first) || isASCIIDigit(first) {
            return false
        }
        return cells.indices.allSatisfy { text(of: $0).isBlank }
    }

    /// Takes the row at `next` apart.
    ///
    /// - Returns: Whether it is there to its end.
    private mutating func scan() -> Bool {
        cells.removeAll(keepingCapacity: true)
        unescaped.count = 0
        seen = 0
        flaw = nil
        newlines = 0
        hasReturns = false
        let bytes = buffer.bytes
        self.bytes = bytes
        var start = next
        while true {
            guard let end = scanCell(bytes, start) else { return false }
            guard end < bytes.count, flaw == nil, bytes[end] == separator else {
                return finish(bytes, at: end)
            }
            if cells.count == CSVReader.cellLimit {
                flaw = (end, "the row has too many cells: at most \(CSVReader.cellLimit)")
                return finish(bytes, at: end)
            }
            start = end + 1
        }
    }

    /// - Parameter end: Where the last cell ends, or what is wrong stands.
    private mutating func finish(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int) -> Bool {
        var end = end
        if flaw != nil {
            // The rest of the line is not looked at.
            while end < bytes.count, !Self.endsLine(bytes[end]) { end += 1 }
            guard end < bytes.count || isAtEnd else { return false }
        }
        guard let length = lengthOfLineEnd(bytes, end) else { return false }
        row = next..<end
        if hasReturns { newlines = TextLocation(behind: bytes[row]).line - 1 }
        next = end + length
        nextLine = line + newlines + (length > 0 ? 1 : 0)
        return true
    }

    /// - Returns: `nil` where it is not in the buffer to its end yet.
    private func lengthOfLineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int? {
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\r") else { return end < bytes.count ? 1 : 0 }
        guard end + 1 < bytes.count else { return isAtEnd ? 1 : nil }
        if bytes[end + 1] == UInt8(ascii: "\n") { return 2 }
        guard bytes[end + 1] == UInt8(ascii: "\r") else { return 1 }
        guard end + 2 < bytes.count else { return isAtEnd ? 1 : nil }
        return bytes[end + 2] == UInt8(ascii: "\n") ? 3 : 1
    }

    @inline(__always)
    private static func endsLine(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    /// - Returns: Where the cell ends; `nil` where that is not in the buffer yet.
    private mutating func scanCell(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        guard start < bytes.count else {
            cells.append(Cell(start: start, text: start..<start, isUnescaped: false))
            return isAtEnd ? start : nil
        }
        if bytes[start] == UInt8(ascii: "\"") { return scanQuoted(bytes, start) }
        var index = start
        var seen = seen
        defer { self.seen = seen }
        let count = bytes.count
        let (separator, highest) = (separator, highest)
        while index < count {
            let byte = bytes[index]
            if byte > highest {
                seen |= byte
            } else if byte == separator || Self.endsLine(byte) {
                break
            } else if byte == UInt8(ascii: "\"") {
                flaw = (index, "a quote inside a cell: put quotes around the cell, and double those in it")
                return index
            } else if byte == 0 {
                flaw = (index, UnicodeText.nul)
                return index
            }
            index += 1
        }
        guard index < count || isAtEnd else { return nil }
        cells.append(Cell(start: start, text: start..<index, isUnescaped: false))
        return index
    }

    /// A cell in quotes, `""` being one inside.
    private mutating func scanQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var index = start + 1
        var part = index
        let text = unescaped.count
        var isUnescaped = false
        var seen = seen
        defer { self.seen = seen }
        let count = bytes.count
        while true {
            guard index < count else {
                if isAtEnd { flaw = (start, "the quotes are not closed") }
                return isAtEnd ? count : nil
            }
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                guard index + 1 < count || isAtEnd else { return nil }
                guard index + 1 < count, bytes[index + 1] == UInt8(ascii: "\"") else { break }
                isUnescaped = true
                unescaped.append(UnsafeBufferPointer(rebasing: bytes[part...index]))
                index += 1
                part = index + 1
            } else if byte == UInt8(ascii: "\n") {
                newlines += 1
            } else if byte == UInt8(ascii: "\r") {
                hasReturns = true
            } else if byte == 0 {
                flaw = (index, UnicodeText.nul)
                return index
            }
            seen |= byte
            index += 1
        }
        if isUnescaped { unescaped.append(UnsafeBufferPointer(rebasing: bytes[part..<index])) }
        let range = isUnescaped ? text..<unescaped.count : part..<index
        cells.append(Cell(start: start, text: range, isUnescaped: isUnescaped))
        return closed(bytes, index + 1)
    }

    /// What stands behind a closing quote must end the cell.
    private mutating func closed(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int? {
        guard end < bytes.count else { return isAtEnd ? end : nil }
        if bytes[end] == separator || Self.endsLine(bytes[end]) { return end }
        flaw = (end, "text behind a closing quote: double the quotes that are inside a cell")
        return end
    }

    // MARK: - Faults

    private func location(at offset: Int) -> TextLocation {
        let before = bytes[row.lowerBound..<max(row.lowerBound, min(offset, bytes.count))]
        return TextLocation(behind: before, from: line)
    }

    private var encodingFault: TextFault? {
        let bytes = bytesOfRow
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        return TextFault(
            at: location(at: row.lowerBound + bytes.countOfValidUTF8),
            isUTF16 ? UnicodeText.notUTF16 : UnicodeText.notUTF8,
            hint: ForeignFile.otherEncoding.hint(wanted: .table))
    }
}
