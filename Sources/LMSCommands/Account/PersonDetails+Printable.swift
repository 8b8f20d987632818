internal import LMSCore

extension PersonDetails: Printable {
    static let columns: [Column<PersonDetails>] = [
        Column("name") { Cell($0.name?.shown) },
        Column("number", .whole.spared(3)) { Cell($0.number?.shown) },
    ]

    var identity: String? { nil }
}
