internal import LMSCore

extension TransferredCourses: Printable {
    static let columns: [Column<TransferredCourses>] = [
        Column("from") { Cell($0.from) },
        Column("to") { Cell($0.to) },
        Column("courses") { Cell($0.courses) },
    ]

    var identity: String? { to.rawValue }
}
