internal import LMSCore
internal import LMSText

/// A record as the formats for programs write it: a cell for each column.
struct RecordText: Sendable {
    let dialect: CSVDialect
    /// Whether TSV begins with the names of its columns.
    let tsvHasHeader: Bool

    func json<Record>(_ record: Record, _ columns: [Column<Record>]) -> String {
        JSONWriter.text { json in
            json.object { json in
                for column in columns {
                    let cell = column.cell(record)
                    guard !cell.isAbsent else { continue }
                    json.key(column.name)
                    cell.write(to: &json)
                }
            }
        }
    }

    func tsv<Record>(_ record: Record, _ columns: [Column<Record>]) -> String {
        columns.map { VisibleText.tsv($0.cell(record).text) }.joined(separator: "\t") + "\n"
    }

    /// The line of the columns' names; nothing where nobody asked for it.
    func tsvHeader<Record>(_ columns: [Column<Record>]) -> String {
        tsvHasHeader ? columns.map(\.name).joined(separator: "\t") + "\n" : ""
    }

    func csvHeader<Record>(_ columns: [Column<Record>]) -> String {
        row(CSVWriter(dialect)) { csv in
            for column in columns { csv.add(column.name) }
        }
    }

    func csv<Record>(_ record: Record, _ columns: [Column<Record>]) -> String {
        row(CSVWriter(dialect, beginsFile: false)) { csv in
            for column in columns { csv.add(column.cell(record)) }
        }
    }

    private func row(_ csv: consuming CSVWriter, _ cells: (inout CSVWriter) -> Void) -> String {
        cells(&csv)
        csv.endRow()
        return String(decoding: csv.take(), as: UTF8.self)
    }
}
