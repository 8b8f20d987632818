internal import LMSCore

extension ListedUser: Printable {
    static let columns: [Column<ListedUser>] =
        [
            Column("id", .whole.spared(2)) { Cell(id: $0.id) },
            Column("username", .name) { Cell($0.username) },
            Column("role", .whole.spared(1)) { Cell($0.role.rawValue) },
            Column("created_at", isExtra: true) { Cell($0.createdAt) },
            Column("disabled_at", isExtra: true) { Cell($0.disabledAt) },
            Column("state", .whole) { Cell($0.state.rawValue) },
        ] + PersonDetails.columns.map { $0.within(\.details) }

    var identity: String? { username.rawValue }
}
