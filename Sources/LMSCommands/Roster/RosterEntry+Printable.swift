internal import LMSCore

extension RosterEntry: Printable {
    static let columns: [Column<RosterEntry>] = [
        Column("username") { Cell($0.username) },
        Column("status") { Cell($0.status.rawValue) },
        Column("date_entry") { Cell($0.dateEntry) },
    ]

    var identity: String? { username.rawValue }
}
