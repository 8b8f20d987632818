internal import LMSCore

extension LogRetention: Printable {
    static let columns: [Column<LogRetention>] = [
        Column("log") { Cell($0.log) },
        Column("forgotten") { Cell($0.forgotten) },
        Column("trash") { Cell($0.trash) },
    ]

    var identity: String? { log.description }
}
