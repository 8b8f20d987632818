/// Finds the physical line and the column of a place in a text.
///
/// Lines end with LF, CR LF or CR. A YAML reader counts other characters as ends of lines too, and an editor does not.
package struct LineTable {
    /// What stands before a stretch of the text.
    private struct Mark {
        /// In Unicode scalars, from the text's beginning.
        let place: Int
        /// From 1.
        let line: Int
        /// Where that line begins, in Unicode scalars.
        let lineStart: Int
    }

    private let text: String
    /// One for each stretch: a text of nothing but line ends must not take more room than it has.
    private let marks: [Mark]
    /// In bytes.
    private static let stretch = 256

    package init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        var marks: [Mark] = []
        marks.reserveCapacity(text.utf8.count / Self.stretch + 1)
        var (place, line, lineStart) = (0, 1, 0)
        text.utf8.withContiguousStorageIfAvailable { bytes in
            for (index, byte) in bytes.enumerated() {
                if index % Self.stretch == 0 {
                    marks.append(Mark(place: place, line: line, lineStart: lineStart))
                }
                guard byte & 0xc0 != 0x80 else { continue }
                place += 1
                if Self.endsLine(bytes, index) { (line, lineStart) = (line + 1, place) }
            }
        }
        self.text = text
        self.marks = marks
    }

    /// The line and the column of a place, both from 1.
    ///
    /// - Parameter place: In Unicode scalars from the text's beginning.
    package func position(of place: Int) -> (line: Int, column: Int) {
        var (low, high) = (0, marks.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if marks[middle].place <= place { low = middle } else { high = middle }
        }
        guard low < marks.count else { return (1, place + 1) }
        var (line, lineStart) = (marks[low].line, marks[low].lineStart)
        var current = marks[low].place
        let start = low * Self.stretch
        text.utf8.withContiguousStorageIfAvailable { bytes in
            for index in start..<bytes.count where bytes[index] & 0xc0 != 0x80 {
                guard current < place else { break }
                current += 1
                if Self.endsLine(bytes, index) { (line, lineStart) = (line + 1, current) }
            }
        }
        return (line, place - lineStart + 1)
    }

    private static func endsLine(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: "\n"): true
        case UInt8(ascii: "\r"): index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n")
        default: false
        }
    }
}
