internal import LMSCore

extension Profile: Printable {
    static let columns: [Column<Profile>] =
        [
            Column("username", .name) { Cell($0.username) },
            Column("role", .whole) { Cell($0.role.rawValue) },
        ] + PersonDetails.columns.map { $0.within(\.details) }

    var identity: String? { username.rawValue }
}
