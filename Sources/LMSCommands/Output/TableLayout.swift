/// The widths of a table's columns, fixed by its first rows so that the rest can stream.
struct TableLayout {
    private static let gap = "  "
    private static let narrowest = 8

    private let widths: [Int]

    /// - Parameter width: The terminal's; `nil` where lines may be as long as they are.
    init(header: [String], rows: [[String]], width: Int?) {
        var widths = header.map(DisplayWidth.of)
        for row in rows {
            for (index, cell) in row.enumerated() {
                widths[index] = max(widths[index], DisplayWidth.of(cell))
            }
        }
        if let width { Self.shrink(&widths, to: width) }
        self.widths = widths
    }

    /// Takes from the widest column until the line fits.
    private static func shrink(_ widths: inout [Int], to width: Int) {
        let gaps = gap.count * (widths.count - 1)
        while widths.reduce(gaps, +) > width,
            let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > narrowest
        {
            widths[widest] -= 1
        }
    }

    func line(_ cells: [String]) -> String {
        var parts = zip(cells, widths).map { cell, width in
            DisplayWidth.pad(DisplayWidth.cut(cell, to: width), to: width)
        }
        while let last = parts.last, last.allSatisfy({ $0 == " " }), parts.count > 1 { parts.removeLast() }
        var line = parts.joined(separator: Self.gap)
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }
}
