/// Reads separated values, row by row, from bytes: RFC 4180 as people's programs write it, in any form of Unicode,
/// separated by what the first line tells, with lines that end in LF, CR, CRLF or CRCRLF. Memory does not grow with
/// the file, only with its longest row.
///
/// A row that is not well formed is told of by `fault`, and the next one begins at the next line.
///
/// SwiftCSV is not used: it holds a whole file as a `String`, and its cells do not know where they stand. An import must not
/// hold a million rows, and must name line and column.
package final class CSVReader {
    /// In bytes. A cell of 1 MiB whose every character is a doubled quote fits.
    package static let rowLimit = 4 << 20
    /// As many columns as a sheet of Excel can have.
    package static let cellLimit = 16_384
    package static let chunk = 256 << 10

    private var scan: CSVScan

    /// - Parameter names: Names of columns, in lower case, by which the separator is told.
    package init(
        _ file: any ByteSource, naming names: Set<String> = [], chunk: Int = chunk,
        progress: ((_ bytes: Int) -> Void)? = nil
    ) {
        scan = CSVScan(file, naming: names, chunk: chunk, progress: progress)
    }

    /// Whether the file has UTF-16. Known behind the first row.
    package var isUTF16: Bool { scan.isUTF16 }

    /// What stands between two cells.
    package var separator: UInt8 { scan.separator }

    /// In which line the row begins.
    package var line: Int { scan.line }

    /// Goes to the next row. Lines of blanks, and rows without anything in their cells, are no rows.
    ///
    /// - Returns: Whether there is one. It may have a `fault`.
    /// - Throws: What the file throws.
    package func advance() throws -> Bool { try scan.advance() }

    /// What is wrong with the row as a whole.
    package var fault: TextFault? { scan.fault }

    /// How long the row is, as UTF-8.
    package var byteCount: Int { scan.byteCount }

    /// How many cells the row has.
    package var count: Int { scan.count }

    /// The text of a cell, until the next row: nothing where the row has no such cell.
    package func text(of cell: Int) -> UnsafeBufferPointer<UInt8> { scan.text(of: cell) }

    /// Where a cell of the row begins.
    package func location(of cell: Int) -> TextLocation { scan.location(of: cell) }

    /// What is wrong with a cell of the row.
    package func fault(in cell: Int, _ message: String, hint: String? = nil) -> TextFault {
        TextFault(at: location(of: cell), message, hint: hint)
    }

    /// How many cells of the row are names of columns, whatever separates them.
    package var countOfNames: Int { scan.countOfNames }
}
