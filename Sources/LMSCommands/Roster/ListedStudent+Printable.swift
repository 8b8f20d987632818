internal import LMSCore

extension ListedStudent: Printable {
    static let columns: [Column<ListedStudent>] =
        [
            Column("username", .name) { Cell($0.username) },
            Column("status", .whole) { Cell($0.status.rawValue) },
            Column("date_entry", .whole.spared(4)) { Cell($0.dateEntry) },
        ] + PersonDetails.columns.map { $0.within(\.details) }

    /// The name stands behind the username.
    static let tableColumns: [Column<ListedStudent>] =
        ["username", "name", "status", "date_entry", "number"].compactMap { name in columns.first { $0.name == name } }

    var identity: String? { username.rawValue }
}
