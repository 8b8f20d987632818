internal import LMSCore

extension RestoredEntry: Printable {
    static let columns: [Column<RestoredEntry>] =
        TrashEntry.columns.map { $0.within(\RestoredEntry.entry) } + [
            Column("passed_over", isExtra: true) { Cell($0.passedOver) }
        ]

    var identity: String? { entry.identity }
}
