internal import LMSCore

extension LogRetention: Printable {
    static let columns: [Column<LogRetention>] = [
        Column("log") { Cell($0.log) },
        Column("forgotten") { Cell($0.forgotten) },
    ]

    var identity: String? { log.description }
}
