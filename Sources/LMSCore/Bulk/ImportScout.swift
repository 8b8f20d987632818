internal import LMSDatabase

/// Reads a file of an import ahead, a block of rows at a time, and has looked up what they name: on PostgreSQL a statement a row would
/// take ten times as long as all else. The rows themselves are then read, checked and written as on SQLite, where there is no scout.
final class ImportScout {
    private let reader: BulkReader
    private let rows: any RowImport
    /// The first reader names what is wrong.
    private var problems = FileProblems()
    /// A block ends behind so many rows or bytes: what is known of it is kept in memory.
    private static let rowLimit = 4096
    private static let byteLimit = 1 << 20

    /// - Returns: `nil` for an engine that is asked row by row.
    init?(_ file: any BulkFile, _ table: BulkTable, for rows: any RowImport, on connection: any Connection) throws {
        guard connection.dialect.valueTable != nil else { return nil }
        self.rows = rows
        reader = BulkReader(file, table)
        _ = try reader.readHeader(&problems)
    }

    /// Makes sure that the block of a row was looked up.
    ///
    /// - Parameter number: Of the row.
    func prepare(_ number: Int) throws {
        guard number > reader.number else { return }
        rows.beginBlock()
        var (count, bytes) = (0, 0)
        while count < Self.rowLimit, bytes < Self.byteLimit, try reader.advance(&problems) {
            rows.expect(reader)
            count += 1
            bytes += reader.byteCount
        }
        try rows.lookUp()
    }
}
