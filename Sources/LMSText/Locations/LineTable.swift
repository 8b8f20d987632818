/// Finds the physical line and the column of a mark in a text.
///
/// Lines end with LF, CR LF or CR. A YAML reader counts other characters as ends of lines too, and an editor does not.
package struct LineTable {
    /// Where a stretch of the text begins.
    private struct Stretch {
        /// In Unicode scalars, from the text's beginning.
        let mark: Int
        /// From 1.
        let line: Int
        /// Where that line begins, in Unicode scalars.
        let lineStart: Int
    }

    private let text: String
    /// One for each stretch: a text of nothing but line ends must not take more room than it has.
    private let stretches: [Stretch]
    /// In bytes.
    private static let lengthOfStretch = 64

    package init(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        var stretches: [Stretch] = []
        stretches.reserveCapacity(text.utf8.count / Self.lengthOfStretch + 1)
        var (mark, line, lineStart) = (0, 1, 0)
        text.utf8.withContiguousStorageIfAvailable { bytes in
            for (index, byte) in bytes.enumerated() {
                if index % Self.lengthOfStretch == 0 {
                    stretches.append(Stretch(mark: mark, line: line, lineStart: lineStart))
                }
                guard byte & 0xc0 != 0x80 else { continue }
                mark += 1
                if Self.endsLine(bytes, index) { (line, lineStart) = (line + 1, mark) }
            }
        }
        self.text = text
        self.stretches = stretches
    }

    /// - Parameter mark: In Unicode scalars from the text's beginning.
    package func location(of mark: Int) -> TextLocation {
        var (low, high) = (0, stretches.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if stretches[middle].mark <= mark { low = middle } else { high = middle }
        }
        guard low < stretches.count else { return TextLocation(line: 1, column: mark + 1) }
        var (line, lineStart) = (stretches[low].line, stretches[low].lineStart)
        var current = stretches[low].mark
        let start = low * Self.lengthOfStretch
        text.utf8.withContiguousStorageIfAvailable { bytes in
            for index in start..<bytes.count where bytes[index] & 0xc0 != 0x80 {
                guard current < mark else { break }
                current += 1
                if Self.endsLine(bytes, index) { (line, lineStart) = (line + 1, current) }
            }
        }
        return TextLocation(line: line, column: mark - lineStart + 1)
    }

    private static func endsLine(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: "\n"): true
        case UInt8(ascii: "\r"): index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n")
        default: false
        }
    }
}
