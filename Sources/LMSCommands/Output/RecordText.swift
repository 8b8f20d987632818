internal import LMSCore
internal import LMSText

/// A record as the formats for programs write it: a cell for each column.
struct RecordText: Sendable {
    let dialect: CSVDialect
    /// Whether TSV begins with the names of its columns.
    let tsvHasHeader: Bool

    func json<Record>(_ record: Record, _ columns: [Column<Record>]) -> String {
        JSONText.object(
            columns.map { (name: $0.name, cell: $0.cell(record)) }
                .filter { !$0.cell.isAbsent }
                .map { ($0.name, $0.cell.json) })
    }

    func tsv<Record>(_ record: Record, _ columns: [Column<Record>]) -> String {
        columns.map { VisibleText.tsv($0.cell(record).text) }.joined(separator: "\t") + "\n"
    }

    /// The line of the columns' names; nothing where nobody asked for it.
    func tsvHeader<Record>(_ columns: [Column<Record>]) -> String {
        tsvHasHeader ? columns.map(\.name).joined(separator: "\t") + "\n" : ""
    }

    func csvHeader<Record>(_ columns: [Column<Record>]) -> String {
        dialect.mark + columns.map(\.name).joined(separator: String(dialect.separator)) + dialect.lineEnd
    }

    func csv<Record>(_ record: Record, _ columns: [Column<Record>]) -> String {
        columns.map { CSVCell.text($0.cell(record), dialect) }
            .joined(separator: String(dialect.separator)) + dialect.lineEnd
    }
}
