/// The rows of one bulk file, by the names of its columns.
final class BulkReader {
    let table: BulkTable
    let name: String
    private let csv: CSVReader
    /// Which cell holds a column, by its index; -1 where the file does not have it.
    private var cells = [Int](repeating: -1, count: BulkColumn.allCases.count)
    private var width = 0
    /// The number of the row, from 0, bad ones too.
    private(set) var number = -1

    init(_ file: any BulkFile, _ table: BulkTable, chunk: Int? = nil, progress: ((Int) -> Void)? = nil) {
        self.table = table
        name = file.name
        csv =
            chunk.map { CSVReader(file, chunk: $0, progress: progress) }
            ?? CSVReader(file, progress: progress)
    }

    /// Whether the file has a column.
    func has(_ column: BulkColumn) -> Bool { cells[column.index] >= 0 }

    /// Reads the header.
    ///
    /// - Returns: Whether it names the table's columns. Otherwise the problems are noted.
    func readHeader(_ problems: inout FileProblems) throws -> Bool {
        guard try csv.advance() else {
            problems.add(
                FileProblem(file: name, line: 1, column: 1, message: "the file is empty, without a header"))
            return false
        }
        if let problem = csv.problem {
            note(problem, in: &problems)
            return false
        }
        width = csv.count
        var isGood = true
        for cell in 0..<csv.count {
            let title = csv.text(of: cell).text
            guard let column = BulkColumn(rawValue: title), table.columns.contains(column) else {
                note(csv.problem(in: cell, unknown(title)), in: &problems)
                isGood = false
                continue
            }
            if has(column) {
                note(csv.problem(in: cell, "the column '\(title)' is there twice"), in: &problems)
                isGood = false
            }
            cells[column.index] = cell
        }
        for column in table.columns where table.requires(column) && !has(column) {
            note(csv.problem(in: 0, "the column '\(column.rawValue)' is missing"), in: &problems)
            isGood = false
        }
        return isGood
    }

    private func unknown(_ title: String) -> String {
        let separators = title.utf8.contains { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "\t") }
        let names = table.columns.map(\.rawValue).joined(separator: ", ")
        return separators
            ? "columns are separated by commas, and this header has none: \(quoted(title))"
            : "there is no column \(quoted(title)): it can have \(names)"
    }

    /// Goes to the next row that is well formed. The problems of others are noted.
    func advance(_ problems: inout FileProblems) throws -> Bool {
        while try csv.advance() {
            number += 1
            if let problem = csv.problem {
                note(problem, in: &problems)
            } else if csv.count != width {
                let message = "\(counted(csv.count, "cell")), and the header has \(width)"
                note(csv.problem(in: 0, message), in: &problems)
            } else {
                return true
            }
        }
        return false
    }

    /// What a cell says, until the next row: nothing where it is empty, or the file does not have the column.
    @inline(__always)
    func bytes(_ column: BulkColumn) -> UnsafeBufferPointer<UInt8> {
        let cell = cells[column.index]
        guard cell >= 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
        let bytes = csv.text(of: cell)
        return column.isVerbatim ? bytes : CSVDefusing.undone(bytes)
    }

    func text(_ column: BulkColumn) -> String { bytes(column).text }

    /// A problem with a cell of the row.
    func problem(_ column: BulkColumn, _ message: String) -> FileProblem {
        let place = csv.problem(in: cells[column.index], message)
        return FileProblem(file: name, line: place.line, column: place.column, message: place.message)
    }

    private func note(_ problem: CSVReader.Problem, in problems: inout FileProblems) {
        problems.add(
            FileProblem(file: name, line: problem.line, column: problem.column, message: problem.message))
    }
}
