/// Tells what separates the cells of a table: comma, semicolon or tab. Where a comma is in numbers, spreadsheets
/// write semicolons; what is copied out of one has tabs.
package enum CSVSeparator {
    package static let comma = UInt8(ascii: ",")
    private static let candidates = [comma, UInt8(ascii: ";"), UInt8(ascii: "\t")]

    /// How a sentence calls it.
    package static func name(of separator: UInt8) -> String {
        switch separator {
        case comma: "commas"
        case UInt8(ascii: ";"): "semicolons"
        case UInt8(ascii: "\t"): "tabs"
        default: "'\(Unicode.Scalar(separator))'"
        }
    }

    /// What a first line `sep=;` says, as Excel writes and reads it.
    static func stated(by line: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard line.count <= 1 << 10 else { return nil }
        let quote = UInt8(ascii: "\"")
        let text = line.trimmed.filter { $0 != quote }
        guard text.count >= 5 || line.last == UInt8(ascii: "\t"),
            String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep="
        else { return nil }
        // A tab at the end was trimmed away.
        let separator = text.count >= 5 ? text[4] : UInt8(ascii: "\t")
        // A spreadsheet that took the line for a row has put separators behind it.
        let rest = text.dropFirst(5)
        guard candidates.contains(separator) || separator == UInt8(ascii: "|"),
            rest.allSatisfy({ $0 == separator || candidates.contains($0) })
        else { return nil }
        return separator
    }

    /// The separator under which most cells of a line are names of columns, and fewest are something else; where none
    /// is, the one that occurs most.
    ///
    /// - Parameter names: In lower case.
    /// - Returns: The separator, and how many cells are names.
    static func told(
        by line: UnsafeBufferPointer<UInt8>, naming names: Set<String>
    ) -> (separator: UInt8, named: Int) {
        var best = (separator: comma, score: (named: 0, strangers: 0, cells: 0))
        for candidate in candidates {
            let found = count(line, candidate, naming: names)
            let score = (
                named: found.named, strangers: found.named > 0 ? -found.strangers : 0, cells: found.cells
            )
            if candidate == comma || score > best.score { best = (candidate, score) }
        }
        return (best.separator, best.score.named)
    }

    /// How many cells a line has under a separator, how many of them are names of columns, and how many others have
    /// something in them.
    static func count(
        _ line: UnsafeBufferPointer<UInt8>, _ separator: UInt8, naming names: Set<String>
    ) -> (named: Int, strangers: Int, cells: Int) {
        var (named, strangers, cells) = (0, 0, 0)
        forEachCell(of: line, separator) { cell in
            cells += 1
            if names.contains(CSVHeader.name(in: cell)) {
                named += 1
            } else if !cell.isBlank {
                strangers += 1
            }
        }
        return (named, strangers, cells)
    }

    /// Which of the separators a cell has in it, as it may have where another one was meant.
    package static func other(than separator: UInt8, in cell: UnsafeBufferPointer<UInt8>) -> UInt8? {
        candidates.first { $0 != separator && cell.contains($0) }
    }

    private static func forEachCell(
        of line: UnsafeBufferPointer<UInt8>, _ separator: UInt8, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        var isInQuotes = false
        var start = 0
        for (index, byte) in line.enumerated() {
            if byte == UInt8(ascii: "\"") { isInQuotes.toggle() }
            if byte == separator, !isInQuotes {
                body(UnsafeBufferPointer(rebasing: line[start..<index]))
                start = index + 1
            }
        }
        body(UnsafeBufferPointer(rebasing: line[start...]))
    }
}

/// The names of columns as people write them.
package enum CSVHeader {
    /// No name of ours is longer, in bytes, with its quotes.
    private static let limit = 64

    /// The name in a cell of a header: in lower case, without blanks, invisible characters and quotes around it.
    ///
    /// - Returns: Nothing for what is too long to be one.
    package static func name(in cell: UnsafeBufferPointer<UInt8>) -> String {
        var cell = cell.trimmed
        if cell.count >= 2, cell.first == UInt8(ascii: "\""), cell.last == UInt8(ascii: "\"") {
            cell = UnsafeBufferPointer(rebasing: cell[1..<cell.count - 1]).trimmed
        }
        return cell.count <= limit ? cell.text.lowercased() : ""
    }
}
