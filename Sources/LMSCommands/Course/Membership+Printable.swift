internal import LMSCore

extension Membership: Printable {
    static let columns: [Column<Membership>] = [
        Column("course", .whole.spared(3)) { Cell(id: $0.course) },
        Column("code", .name) { Cell($0.code) },
        Column("title") { Cell($0.title) },
        Column("status", .whole) { Cell($0.status.rawValue) },
        Column("date_entry", .whole.spared(2)) { Cell($0.dateEntry) },
    ]

    static let alwaysShowsOutcome = true

    var identity: String? { course.description }
}
