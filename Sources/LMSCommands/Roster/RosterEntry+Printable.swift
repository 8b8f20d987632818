internal import LMSCore

extension RosterEntry: Printable {
    static let columns: [Column<RosterEntry>] = [
        Column("username", .name) { Cell($0.username) },
        Column("status", .whole) { Cell($0.status.rawValue) },
        Column("date_entry", .whole.spared(1)) { Cell($0.dateEntry) },
    ]

    var identity: String? { username.rawValue }
}
