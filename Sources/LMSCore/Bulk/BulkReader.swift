internal import LMSText

/// The rows of one bulk file, by the names of its columns.
///
/// A table is read as spreadsheets save it. A row may end before optional columns, because Excel writes such rows; what is not
/// there is not compared.
final class BulkReader {
    let table: BulkTable
    let name: String
    private let file: any BulkFile
    private let csv: CSVReader
    /// Which cell holds a column, by its index; -1 where the file does not have it.
    private var cells = [Int](repeating: -1, count: BulkColumn.allCases.count)
    /// How many cells the header has, without empty ones at its end.
    private var width = 0
    /// The cells of the header within its width that name nothing: empty ones.
    private var unnamed: [Int] = []
    /// The number of the row, from 0, bad ones too.
    private(set) var number = -1

    init(_ file: any BulkFile, _ table: BulkTable, chunk: Int? = nil, progress: ((Int) -> Void)? = nil) {
        self.table = table
        self.file = file
        name = file.name
        let names = table.headerNames
        csv =
            chunk.map { CSVReader(file, naming: names, chunk: $0, progress: progress) }
            ?? CSVReader(file, naming: names, progress: progress)
    }

    /// How much of the file the row is.
    var byteCount: Int { csv.byteCount }

    /// Whether the row has a cell of the column.
    func has(_ column: BulkColumn) -> Bool {
        let cell = cells[column.index]
        return cell >= 0 && cell < csv.count
    }

    /// How the file was written, where that is not plain UTF-8 with commas.
    var dialect: String? {
        let parts = [
            csv.isUTF16 ? "text in UTF-16" : nil,
            csv.separator == CSVSeparator.comma
                ? nil : "cells separated by \(CSVSeparator.name(of: csv.separator))",
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " and ")
    }

    // MARK: - The header

    /// Reads the header.
    ///
    /// - Returns: Whether it names the table's columns. Otherwise the problems are noted.
    func readHeader(_ problems: inout FileProblems) throws -> Bool {
        if let foreign = ForeignFile(try file.beginning(ForeignFile.beginning), wanted: .table) {
            problems.add(
                FileProblem(file: name, message: "this is \(foreign.name), not CSV"),
                hint: foreign.hint(wanted: .table))
            return false
        }
        guard try csv.advance() else {
            problems.add(
                FileProblem(file: name, message: "the file is empty, without a header"),
                hint: namesHint)
            return false
        }
        if let fault = csv.fault {
            note(fault, in: &problems)
            return false
        }
        guard csv.countOfNames > 0 else {
            try noteMissingHeader(in: &problems)
            return false
        }
        return takeHeader(&problems)
    }

    private func takeHeader(_ problems: inout FileProblems) -> Bool {
        var isGood = true
        for cell in 0..<csv.count {
            let name = CSVHeader.name(in: csv.text(of: cell))
            if let column = BulkColumn(header: name), table.columns.contains(column) {
                if cells[column.index] >= 0 {
                    // A row may have 16,384 cells: only of those that are named, the location is looked for.
                    problems.add(problem(csv.fault(in: cell, "the column '\(name)' is there twice")))
                    isGood = false
                }
                cells[column.index] = cell
            } else if csv.text(of: cell).isBlank {
                unnamed.append(cell)
                continue
            } else {
                isGood = false
                let name = csv.text(of: cell).trimmed
                problems.add(
                    problem(csv.fault(in: cell, "there is no column \(quoted(name.text))")),
                    hint: hint(forUnknown: cell))
            }
            width = cell + 1
        }
        unnamed.removeAll { $0 >= width }
        for column in table.columns where table.requires(column) && cells[column.index] < 0 {
            note(csv.fault(in: 0, "the column '\(column.rawValue)' is missing"), in: &problems)
            isGood = false
        }
        return isGood
    }

    private func hint(forUnknown cell: Int) -> String {
        guard let other = CSVSeparator.other(than: csv.separator, in: csv.text(of: cell)) else {
            return namesHint
        }
        return "The header mixes \(CSVSeparator.name(of: csv.separator)) and "
            + "\(CSVSeparator.name(of: other)): use one of them in the whole file."
    }

    private var namesHint: String {
        "Line 1 names the columns; \(table.fileName) can have: "
            + table.columns.map(\.rawValue).joined(separator: ", ")
    }

    /// No cell of the first row names a column: the header may be further down, or nowhere.
    private func noteMissingHeader(in problems: inout FileProblems) throws {
        let first = (0..<csv.count).map { csv.text(of: $0).trimmed }.first { !$0.isEmpty }
        let fault = csv.fault(
            in: 0, "line 1 must name the columns, and \(quoted(first?.text ?? "")) is none", hint: namesHint)
        for _ in 0..<Self.linesAboveHeader {
            guard try csv.advance(), csv.fault == nil else { break }
            guard csv.countOfNames < 2 else {
                let line = csv.location(of: 0).line
                note(
                    TextFault(
                        at: fault.location, "line 1 must name the columns, and line \(line) does",
                        hint: "Take away what stands above the names of the columns."), in: &problems)
                return
            }
        }
        note(fault, in: &problems)
    }

    /// How many rows a title above a table may have.
    private static let linesAboveHeader = 10

    // MARK: - Rows

    /// Goes to the next row that is well formed. The problems of others are noted.
    func advance(_ problems: inout FileProblems) throws -> Bool {
        while try csv.advance() {
            number += 1
            if let fault = csv.fault {
                note(fault, in: &problems)
            } else if csv.count != width || !unnamed.isEmpty, let fault = misfit {
                note(fault, in: &problems)
            } else {
                return true
            }
        }
        return false
    }

    /// What is wrong with a row that has other cells than the header. Empty cells without a column are nothing; cells
    /// that are not there say nothing, as spreadsheets leave them out at the end of a row.
    private var misfit: TextFault? {
        let homeless = unnamed.first { $0 < csv.count && !csv.text(of: $0).isBlank }
        let behind = (width..<max(width, csv.count)).first { !csv.text(of: $0).isBlank }
        if let cell = homeless ?? behind {
            return csv.fault(
                in: cell, "\(quoted(csv.text(of: cell).trimmed.text)) stands in no column",
                hint:
                    "The header has \(counted(width, "cell")). A cell with a separator in it needs quotes around it."
            )
        }
        for column in table.columns where table.requires(column) && cells[column.index] >= csv.count {
            return csv.fault(
                in: 0,
                "the row ends before its column '\(column.rawValue)': \(counted(csv.count, "cell")), and the header has \(width)",
                hint: otherSeparatorHint)
        }
        return nil
    }

    private var otherSeparatorHint: String? {
        guard csv.count == 1, CSVSeparator.other(than: csv.separator, in: csv.text(of: 0)) != nil else {
            return nil
        }
        return "The header is separated by \(CSVSeparator.name(of: csv.separator)): so must be the rows."
    }

    // MARK: - Cells

    /// What a cell says, until the next row: nothing where it is empty, or the row does not have the column.
    ///
    /// A description and what is verbatim are all bytes of the cell; of others, blanks around them are no part.
    @inline(__always)
    func bytes(_ column: BulkColumn) -> UnsafeBufferPointer<UInt8> {
        let cell = cells[column.index]
        let bytes = csv.text(of: cell)
        switch column {
        case .password, .passwordHash: return bytes
        // What is trimmed of a title is a rule of its own.
        case .title, .description: return CSVDefusing.undone(bytes)
        default: return CSVDefusing.undone(bytes.trimmed)
        }
    }

    func text(_ column: BulkColumn) -> String { bytes(column).text }

    /// An instant; none where the cell is empty.
    ///
    /// - Throws: `LMSError` `invalid` where the cell says something else.
    func instant(_ column: BulkColumn) throws -> Instant? {
        let cell = bytes(column)
        if cell.isEmpty { return nil }
        guard let instant = Instant(cell.text) else {
            throw LMSError(
                .invalid, "\(quoted(cell.text)) is not an instant",
                hint: "Write a date with a time in UTC as 2026-11-23T12:00:00Z.")
        }
        return instant
    }

    /// A problem with a cell of the row.
    func problem(_ column: BulkColumn, _ message: String) -> FileProblem {
        problem(csv.fault(in: cells[column.index], message))
    }

    /// A value that the row has, with the location of its cell.
    func located<Value>(_ value: Value, _ column: BulkColumn) -> Located<Value> {
        Located(value, in: name, at: csv.location(of: cells[column.index]))
    }

    private func problem(_ fault: TextFault) -> FileProblem {
        FileProblem(file: name, at: fault.location, message: fault.message)
    }

    private func note(_ fault: TextFault, in problems: inout FileProblems) {
        problems.add(problem(fault), hint: fault.hint)
    }
}
