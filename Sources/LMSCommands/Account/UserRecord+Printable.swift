internal import LMSCore

extension UserRecord: Printable where ID: RecordID {
    static var columns: [Column<UserRecord>] {
        [
            Column("id", .whole.spared(2)) { Cell(id: $0.id) },
            Column("username", .name) { Cell($0.username) },
            Column("role", .whole) { Cell($0.role.rawValue) },
        ]
    }

    var identity: String? { username.rawValue }
}
