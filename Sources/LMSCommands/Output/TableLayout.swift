internal import LMSText

/// The columns of a table and their widths, fixed by its first rows so that the rest can stream.
///
/// A line that is wider than the terminal would break, and nobody can read a table of broken lines. So columns are left out
/// while the others could not be read, in the order that `ColumnRoom` gives them, and then texts are cut; what was left out is
/// named below the table.
struct TableLayout {
    private static let gap = "  "
    /// What a text keeps while there is a column that can be left out.
    private static let readable = 14
    /// What a text or a name keeps in any case.
    private static let narrowest = 8
    private static let longestName = 30
    /// On a terminal of so many columns, names are cut only beyond `longestName`.
    private static let wide = 60

    private let columns: [(name: String, room: ColumnRoom)]
    /// The terminal's; `nil` where lines may be as long as they are.
    private let width: Int?
    private var widths: [Int]
    private var shown: [Int]
    private var isEmpty: [Bool] = []

    /// - Parameters:
    ///   - rows: A cell for each column, made visible.
    ///   - width: The terminal's; `nil` where lines may be as long as they are.
    init(columns: [(name: String, room: ColumnRoom)], rows: [[TableCell]], width: Int?) {
        self.columns = columns
        self.width = width
        shown = Array(columns.indices)
        widths = columns.map { DisplayWidth.of($0.name) }
        for row in rows {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cell.width) }
        }
        guard let width else { return }
        isEmpty = columns.indices.map { index in rows.allSatisfy { $0[index].text.isEmpty } }
        leaveOutEmpty(until: width)
        leaveOut(until: width)
        shrink(to: width)
    }

    /// The names of the columns that found no room, but for empty ones.
    var leftOut: [String] {
        columns.indices.filter { !shown.contains($0) && !isEmpty[$0] }.map { columns[$0].name }
    }

    var header: String {
        line(columns.map { TableCell($0.name.uppercased()) })
    }

    func line(_ cells: [TableCell]) -> String {
        var line = ""
        var used = 0
        // Where the next column begins, unless a longer cell before it pushes it on.
        var start = 0
        for index in shown {
            let cell = cut(cells[index], at: index)
            if !cell.text.isEmpty {
                if index != shown.first {
                    line += String(repeating: " ", count: max(Self.gap.count, start - used))
                    used += max(Self.gap.count, start - used)
                }
                line += cell.isolated
                used += cell.width
            }
            start += widths[index] + Self.gap.count
        }
        return line
    }

    private func cut(_ cell: TableCell, at index: Int) -> TableCell {
        // A row that comes after the widths were fixed may have a longer cell. Where it is never cut, it pushes the others.
        guard width != nil, columns[index].room.form != .whole else { return cell }
        return cell.cut(to: widths[index])
    }

    // MARK: - Room

    /// Leaves columns out that have nothing in them, while anything would be cut.
    private mutating func leaveOutEmpty(until width: Int) {
        while taken(by: { widths[$0] }) > width, let next = leastNeeded(where: { isEmpty[$0] }) {
            shown.removeAll { $0 == next }
        }
    }

    /// Leaves columns out while the others could not be read.
    private mutating func leaveOut(until width: Int) {
        while taken(by: { readable($0) }) > width, let next = leastNeeded(where: { _ in true }) {
            shown.removeAll { $0 == next }
        }
    }

    /// The next column to be left out: the one of the highest turn, and of several the rightmost.
    private func leastNeeded(where isMeant: (Int) -> Bool) -> Int? {
        shown.filter { columns[$0].room.turn > 0 && isMeant($0) }
            .max { left, right in
                let (first, second) = (columns[left].room.turn, columns[right].room.turn)
                return first == second ? left < right : first < second
            }
    }

    /// Takes from the longest names, from the texts, then from all names, always from the widest, until the
    /// line fits.
    private mutating func shrink(to width: Int) {
        let least = columns.indices.map(least)
        shrink(.name, to: width) { max(least[$0], Self.longestName) }
        shrink(.text, to: width) { least[$0] }
        shrink(.name, to: width) { least[$0] }
    }

    private mutating func shrink(_ form: ColumnRoom.Form, to width: Int, least: (Int) -> Int) {
        while taken(by: { widths[$0] }) > width {
            let candidates = shown.filter { columns[$0].room.form == form && widths[$0] > least($0) }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
        }
    }

    private func taken(by room: (Int) -> Int) -> Int {
        shown.reduce(Self.gap.count * (shown.count - 1)) { $0 + room($1) }
    }

    private func readable(_ index: Int) -> Int {
        switch columns[index].room.form {
        case .whole: widths[index]
        case .name: min(widths[index], Self.longestName)
        case .text: min(widths[index], Self.readable)
        }
    }

    private func least(_ index: Int) -> Int {
        switch columns[index].room.form {
        case .whole: widths[index]
        case .name: min(widths[index], width ?? 0 < Self.wide ? Self.narrowest : Self.longestName)
        case .text: min(widths[index], Self.narrowest)
        }
    }
}
