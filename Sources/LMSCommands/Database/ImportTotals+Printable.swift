internal import LMSCore

extension ImportTotals: Printable {
    static let columns: [Column<ImportTotals>] = [
        Column("file", .whole) { Cell($0.table.fileName) },
        Column("created", .whole) { Cell($0.created) },
        Column("updated", .whole) { Cell($0.updated) },
        Column("unchanged", .whole) { Cell($0.unchanged) },
        Column("skipped", .whole) { Cell($0.skipped) },
        Column("dry_run", isExtra: true) { $0.isDryRun ? .boolean(true) : .absent },
        Column("dialect", isExtra: true) { $0.dialect.map(Cell.text) ?? .absent },
    ]

    var identity: String? { table.fileName }
}
