internal import LMSCore

extension SchoolZone: Printable {
    static let columns: [Column<SchoolZone>] = [Column("timezone") { Cell($0.timezone) }]

    var identity: String? { timezone }
}
