internal import LMSCore

extension EmptiedTrash: Printable {
    static let columns: [Column<EmptiedTrash>] = [Column("entries") { Cell($0.entries) }]

    var identity: String? { "\(entries)" }
}
