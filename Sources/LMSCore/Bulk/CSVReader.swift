/// Reads comma-separated values, row by row, from bytes: RFC 4180, with newlines as LF or CRLF, with or without a
/// byte order mark. Memory does not grow with the file, only with its longest row.
///
/// A row that is not well formed is told of by `problem`, and the next one begins at the next newline.
final class CSVReader {
    struct Problem: Equatable {
        let line: Int
        /// In Unicode scalars, from 1.
        let column: Int
        let message: String
    }

    /// A cell: where it begins in the row as it stands in the file, and where its text is.
    private struct Cell {
        let start: Int
        let text: Range<Int>
        /// Whether the text is kept apart, because its quotes were doubled.
        let isUnescaped: Bool
    }

    /// In bytes. A cell of 1 MiB whose every character is a doubled quote fits.
    static let rowLimit = 4 << 20
    private static let chunk = 256 << 10

    private let file: any BulkFile
    private let progress: ((_ bytes: Int) -> Void)?
    private let chunk: Int
    private let buffer: ByteBuffer
    private let unescaped = ByteBuffer(capacity: 256)
    /// Where in the file the next piece begins.
    private var offset = 0
    private var isAtEnd = false
    /// Where in the buffer the row begins and ends, and the next one begins.
    private var row = 0..<0
    private var next = 0
    private var cells: [Cell] = []
    /// All bytes of the row, or-ed.
    private var seen: UInt8 = 0
    private var fault: (offset: Int, message: String)?
    private var newlines = 0
    private(set) var line = 1
    private var nextLine = 1
    private var isBroken = false
    /// What is wrong with the row as a whole.
    private(set) var problem: Problem?

    init(_ file: any BulkFile, chunk: Int = chunk, progress: ((_ bytes: Int) -> Void)? = nil) {
        self.file = file
        self.chunk = chunk
        self.progress = progress
        buffer = ByteBuffer(capacity: 2 * chunk)
    }

    /// Goes to the next row. Empty lines are no rows.
    ///
    /// - Returns: Whether there is one. It may have a `problem`.
    /// - Throws: What the file throws.
    func advance() throws -> Bool {
        repeat {
            guard !isBroken else { return false }
            if offset == 0, buffer.count == 0 { try begin() }
            line = nextLine
            while !scan() {
                guard buffer.count - next <= Self.rowLimit else {
                    isBroken = true
                    row = next..<next
                    problem = Problem(
                        line: line, column: 1, message: "the row is too long, or its quotes are not closed")
                    return true
                }
                try fill()
            }
            guard row.lowerBound < buffer.count else { return false }
        } while row.isEmpty
        problem = fault.map { place(at: $0.offset, $0.message) } ?? (seen >= 0x80 ? encodingProblem : nil)
        return true
    }

    /// How many cells the row has.
    var count: Int { cells.count }

    /// The text of a cell, until the next row.
    @inline(__always)
    func text(of cell: Int) -> UnsafeBufferPointer<UInt8> {
        let cell = cells[cell]
        return UnsafeBufferPointer(
            rebasing: cell.isUnescaped ? unescaped.bytes[cell.text] : buffer.bytes[cell.text])
    }

    /// A problem with a cell of the row.
    func problem(in cell: Int, _ message: String) -> Problem {
        place(at: cells.indices.contains(cell) ? cells[cell].start : row.lowerBound, message)
    }

    // MARK: - Reading

    private func begin() throws {
        while buffer.count < 3, !isAtEnd { try fill() }
        if buffer.bytes.starts(with: [0xef, 0xbb, 0xbf]) { next = 3 }
    }

    /// Reads another piece behind what is still needed.
    private func fill() throws {
        buffer.removeFirst(next)
        next = 0
        buffer.reserve(buffer.count + chunk)
        let free = UnsafeMutableRawBufferPointer(rebasing: buffer.free.prefix(chunk))
        let count = try file.read(into: free, from: offset)
        buffer.count += count
        offset += count
        isAtEnd = count == 0
        progress?(count)
    }

    // MARK: - Rows

    /// Takes the row at `next` apart.
    ///
    /// - Returns: Whether it is there to its end.
    private func scan() -> Bool {
        cells.removeAll(keepingCapacity: true)
        unescaped.count = 0
        seen = 0
        fault = nil
        newlines = 0
        let bytes = buffer.bytes
        var place = next
        while true {
            guard let end = scanCell(bytes, place) else { return false }
            guard end < bytes.count, fault == nil else { return finish(bytes, at: end) }
            if bytes[end] != UInt8(ascii: ",") { return finish(bytes, at: end) }
            place = end + 1
        }
    }

    /// - Parameter end: Where the last cell ends, or what is wrong stands.
    private func finish(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int) -> Bool {
        var end = end
        if fault != nil {
            // The rest of the line is not looked at.
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            guard end < bytes.count || isAtEnd else { return false }
        }
        row = next..<end
        if end < bytes.count, bytes[end] == UInt8(ascii: "\r") { end += 1 }
        if end < bytes.count {
            end += 1
            newlines += 1
        }
        next = end
        nextLine = line + newlines
        return true
    }

    /// - Returns: Where the cell ends; `nil` where that is not in the buffer yet.
    private func scanCell(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        guard start < bytes.count else {
            cells.append(Cell(start: start, text: start..<start, isUnescaped: false))
            return isAtEnd ? start : nil
        }
        if bytes[start] == UInt8(ascii: "\"") { return scanQuoted(bytes, start) }
        var index = start
        var seen = seen
        defer { self.seen = seen }
        let count = bytes.count
        while index < count {
            let byte = bytes[index]
            if byte > UInt8(ascii: ",") {
                seen |= byte
            } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") {
                break
            } else if byte == UInt8(ascii: "\r") {
                guard index + 1 < count || isAtEnd else { return nil }
                if index + 1 == count || bytes[index + 1] == UInt8(ascii: "\n") { break }
                fault = (index, "a carriage return inside a line: put quotes around the cell")
                return index
            } else if byte == UInt8(ascii: "\"") {
                fault = (index, "a quote inside a cell: put quotes around the cell, and double those in it")
                return index
            } else if byte == 0 {
                fault = (index, "this is a NUL, not text")
                return index
            }
            index += 1
        }
        guard index < count || isAtEnd else { return nil }
        cells.append(Cell(start: start, text: start..<index, isUnescaped: false))
        return index
    }

    /// A cell in quotes, `""` being one inside.
    private func scanQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        var index = start + 1
        var part = index
        let text = unescaped.count
        var isUnescaped = false
        var seen = seen
        defer { self.seen = seen }
        let count = bytes.count
        while true {
            guard index < count else {
                if isAtEnd { fault = (start, "the quotes are not closed") }
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
            } else if byte == 0 {
                fault = (index, "this is a NUL, not text")
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
    private func closed(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int? {
        guard end < bytes.count else { return isAtEnd ? end : nil }
        switch bytes[end] {
        case UInt8(ascii: ","), UInt8(ascii: "\n"): return end
        case UInt8(ascii: "\r"):
            guard end + 1 < bytes.count || isAtEnd else { return nil }
            if end + 1 == bytes.count || bytes[end + 1] == UInt8(ascii: "\n") { return end }
        default: break
        }
        fault = (end, "text behind a closing quote: double the quotes that are inside a cell")
        return end
    }

    // MARK: - Places

    private func place(at offset: Int, _ message: String) -> Problem {
        var line = line
        var column = 1
        for byte in buffer.bytes[row.lowerBound..<max(row.lowerBound, min(offset, buffer.count))] {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xc0 != 0x80 {
                column += 1
            }
        }
        return Problem(line: line, column: column, message: message)
    }

    private var encodingProblem: Problem? {
        let bytes = UnsafeBufferPointer(rebasing: buffer.bytes[row])
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var valid = 0
        while case .valid(let scalar) = parser.parseScalar(from: &iterator) { valid += scalar.count }
        return place(at: row.lowerBound + valid, "this is not UTF-8 text")
    }
}
